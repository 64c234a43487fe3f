import type { ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import {
  isArchived,
  isMuted,
  USUAL_CHAT_SETTINGS,
  type Newest,
} from '@parley/contracts/chat-preferences/rules'
import { disappearedAfter } from '@parley/contracts/conversations/purged-ranges'
import { unreadCount } from '@parley/contracts/conversations/unread'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import type { ChatPreferenceRecord } from '../chat-preferences/chat-preference.ts'
import type { MarkRecord } from '../conversations/conversation.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MessageReader } from './message-store.ts'

interface Read {
  readonly conversations: ConversationReader
  readonly chatPreferences: ChatPreferenceReader
  readonly messages: MessageReader
}

/** The newest message of a conversation, and how many system lines there are up to it. */
async function newestIn(
  { conversations }: Pick<Read, 'conversations'>,
  scope: OrgScope,
  conversationId: string,
): Promise<Newest> {
  const number = await conversations.lastNumber(scope, conversationId)
  return { number, quiet: await conversations.quietUpTo(scope, conversationId, number) }
}

/** How many messages of one conversation a member has not seen, of those that are there for them (Y12). */
export async function unreadIn(
  { conversations, messages }: Pick<Read, 'conversations' | 'messages'>,
  scope: OrgScope,
  mark: MarkRecord,
  preference: ChatPreferenceRecord | null,
  now: number,
): Promise<number> {
  const { conversationId } = mark
  const newest = await newestIn({ conversations }, scope, conversationId)
  const cleared = preference?.cleared ?? null
  const most = unreadCount(newest, mark, cleared)
  const conversation = await conversations.get(scope, conversationId)
  // nearly always there is nothing unread, or nothing ever disappeared
  if (most === 0 || !conversation?.disappearing) return most
  const from = Math.max(mark.seen, cleared?.number ?? 0)
  const gone = disappearedAfter(await conversations.purged(scope, conversationId), from)
  const going = await messages.countExpired(scope, conversationId, from, now)
  return unreadCount(newest, mark, cleared, gone + going)
}

/** Whether a member has folded a conversation away, and nothing has brought it back. */
export async function isFoldedAway(
  read: Pick<Read, 'conversations' | 'messages'>,
  scope: OrgScope,
  { conversationId, memberId }: Pick<MarkRecord, 'conversationId' | 'memberId'>,
  preference: ChatPreferenceRecord | null,
  settings: ChatSettings,
): Promise<boolean> {
  if (!preference?.archived) return false
  let mentioned = 0
  for (const called of [memberId, null]) {
    const numbers = await read.messages.mentions(scope, conversationId, called, 1)
    mentioned = Math.max(mentioned, ...numbers)
  }
  return isArchived(preference, await newestIn(read, scope, conversationId), settings, mentioned)
}

/**
 * How many messages a member has not seen, of all chats that are neither muted nor archived: what stands on an app's badge (Y12).
 * A chat that is only marked unread counts as one.
 */
export async function countUnread(
  read: Read,
  scope: OrgScope,
  memberId: string,
  now: number,
): Promise<number> {
  const { conversations, chatPreferences } = read
  const ids = await conversations.idsOf(scope, memberId)
  const settings = (await chatPreferences.settings(scope, memberId)) ?? USUAL_CHAT_SETTINGS
  const found = await chatPreferences.of(scope, memberId, ids)
  const preferences = new Map(found.map((preference) => [preference.conversationId, preference]))
  let total = 0
  for (const mark of await conversations.ownMarks(scope, memberId, ids)) {
    const preference = preferences.get(mark.conversationId) ?? null
    if (isMuted(preference, now) || (await isFoldedAway(read, scope, mark, preference, settings))) continue
    total += Math.max(await unreadIn(read, scope, mark, preference, now), preference?.markedUnread ? 1 : 0)
  }
  return total
}
