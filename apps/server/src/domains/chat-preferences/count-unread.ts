import { USUAL_CHAT_SETTINGS, isArchived, isMuted } from '@parley/contracts/chat-preferences/rules'
import { unreadCount } from '@parley/contracts/conversations/unread'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { ChatPreferenceReader } from './chat-preference-store.ts'

interface Read {
  readonly conversations: ConversationReader
  readonly chatPreferences: ChatPreferenceReader
}

/**
 * How many messages a member has not seen, of all chats that are neither muted nor archived: what stands on an app's badge (Y12).
 * A chat that is only marked unread counts as one.
 */
export async function countUnread(
  { conversations, chatPreferences }: Read,
  scope: OrgScope,
  memberId: string,
  now: number,
): Promise<number> {
  const ids = await conversations.idsOf(scope, memberId)
  const settings = (await chatPreferences.settings(scope, memberId)) ?? USUAL_CHAT_SETTINGS
  const found = await chatPreferences.of(scope, memberId, ids)
  const preferences = new Map(found.map((preference) => [preference.conversationId, preference]))
  let total = 0
  for (const mark of await conversations.ownMarks(scope, memberId, ids)) {
    const { conversationId } = mark
    const number = await conversations.lastNumber(scope, conversationId)
    const newest = { number, quiet: await conversations.quietUpTo(scope, conversationId, number) }
    const preference = preferences.get(conversationId) ?? null
    if (isMuted(preference, now) || isArchived(preference, newest, settings)) continue
    const unread = unreadCount(newest, mark, preference?.cleared)
    total += Math.max(unread, preference?.markedUnread ? 1 : 0)
  }
  return total
}
