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
import { unreadCount } from '@parley/contracts/conversations/unread'
import { chatKey, SETTINGS_KEY } from './keys.ts'
import {
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
  )

/** How many messages of a conversation the member has neither seen nor cleared away (Y12). */
export function unreadIn(state: ReplicaState, conversationId: string): number {
  const me = state.meta.session?.memberId
  if (me === undefined) return 0
  const newest = state.windows.get(conversationId)?.last?.message ?? null
  const cleared = preferenceOf(state, conversationId)?.cleared ?? null
  return unreadCount(newest, marksOf(state, conversationId, me), cleared)
}
