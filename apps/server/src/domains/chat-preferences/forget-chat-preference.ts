import { ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ChatPreferenceWriter } from './chat-preference-store.ts'

interface Tx {
  readonly chatPreferences: ChatPreferenceWriter
  readonly changes: ChangeFeedWriter
}

/** Nothing of the conversation is the member's to see any more, so that there is nothing to want of it (Y9). */
export async function forgetChatPreference(
  tx: Tx,
  scope: OrgScope,
  memberId: string,
  conversationId: string,
): Promise<void> {
  if (!(await tx.chatPreferences.get(scope, memberId, conversationId))) return
  await tx.chatPreferences.remove(scope, memberId, conversationId)
  await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'chat-preference',
    id: conversationId,
    data: null,
  })
}
