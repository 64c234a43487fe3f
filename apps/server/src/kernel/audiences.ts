import type { Audience } from '@parley/contracts/sync/change'

/** Everybody who takes part in a conversation. */
export const ofConversation = (conversationId: string): Audience => `conversation:${conversationId}`
/** One member alone. */
export const ofMember = (memberId: string): Audience => `member:${memberId}`

/** The id behind `conversation:…` or `member:…`; null for audiences without one. */
export function idIn(audience: Audience, kind: 'conversation' | 'member' | 'department'): string | null {
  return audience.startsWith(`${kind}:`) ? audience.slice(kind.length + 1) : null
}
