import type { ChatRow, ConversationView } from '@parley/client/client-api'
import type { Text } from '../text/use-text.ts'

/** A group's own name, or that of the other person. */
export function conversationName(
  t: Text,
  of: Pick<ChatRow, 'group' | 'other'> | ConversationView | null | undefined,
): string {
  const group = of && ('conversation' in of ? of.conversation.group : of.group)
  return group?.name ?? of?.other?.name ?? t('chats.formerMember')
}
