import type {
  ChatPatch,
  ChatPreference,
  ChatSettings,
} from '@parley/contracts/chat-preferences/chat-preference'
import {
  USUAL_CHAT_SETTINGS,
  isArchived,
  usualPreference,
  withPatch,
} from '@parley/contracts/chat-preferences/rules'
import { markId } from '@parley/contracts/conversations/mark-id'
import { disappearedAfter } from '@parley/contracts/conversations/purged-ranges'
import { unreadCount } from '@parley/contracts/conversations/unread'
import { isGone } from '../messages/is-gone.ts'
import { chatKey, SETTINGS_KEY } from './keys.ts'
import {
  purgedIn,
  callAbout,
  dataOf,
  lastNumberOf,
  marksOf,
  quietUpTo,
  type ReplicaState,
} from '../replica/replica-state.ts'

/** What a call that is under way says; undefined when none is. */
export function queuedBody<B>(state: ReplicaState, key: string): Partial<B> | undefined {
  const call = callAbout(state, key)
  return call?.state === 'queued' ? (call.input as { readonly body: Partial<B> }).body : undefined
}

/** What the member wants of a chat: what the server knows, and what it will be told. null where that is nothing. */
export function preferenceOf(state: ReplicaState, conversationId: string): ChatPreference | null {
  const known = dataOf(state, 'chat-preference', conversationId)
  const wanted = queuedBody<ChatPatch>(state, chatKey(conversationId))
  if (!wanted) return known
  const last = lastNumberOf(state, conversationId)
  const quiet = (number: number) => quietUpTo(state, conversationId, number)
  return withPatch(known ?? usualPreference(conversationId), wanted, last, quiet)
}

/** What the member wants of all chats. */
export function chatSettingsOf(state: ReplicaState): ChatSettings {
  const me = state.meta.session?.memberId
  const known = me === undefined ? null : dataOf(state, 'chat-settings', me)
  return { ...(known ?? USUAL_CHAT_SETTINGS), ...queuedBody<ChatSettings>(state, SETTINGS_KEY) }
}

export const archivedNow = (state: ReplicaState, conversationId: string): boolean =>
  isArchived(
    preferenceOf(state, conversationId),
    state.windows.get(conversationId)?.last?.message ?? null,
    chatSettingsOf(state),
    mentionedIn(state, conversationId),
  )

/** The number of the newest message that mentions the member, or everybody; 0 for none. */
function mentionedIn(state: ReplicaState, conversationId: string): number {
  const me = state.meta.session?.memberId ?? ''
  const own = dataOf(state, 'mentioned', markId(conversationId, me))?.numbers.at(-1) ?? 0
  const all = dataOf(state, 'mentioned', conversationId)?.numbers.at(-1) ?? 0
  return Math.max(own, all)
}

/** How many messages of a conversation the member has neither seen nor cleared away (Y12). */
export function unreadIn(state: ReplicaState, conversationId: string, now: number): number {
  const me = state.meta.session?.memberId
  if (me === undefined) return 0
  const window = state.windows.get(conversationId)
  const newest = window?.last?.message ?? null
  const mark = marksOf(state, conversationId, me)
  const cleared = preferenceOf(state, conversationId)?.cleared ?? null
  const from = Math.max(mark.seen, cleared?.number ?? 0)
  const going =
    window?.messages.filter(({ message }) => message.number > from && isGone(message, now)).length ?? 0
  const gone = disappearedAfter(purgedIn(state, conversationId), from)
  return unreadCount(newest, mark, cleared, gone + going)
}
