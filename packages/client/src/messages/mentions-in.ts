import { findMentions } from '@parley/contracts/messages/find-mentions'
import type { Nameable } from '@parley/contracts/messages/mention-spans'
import type { Mentions } from '@parley/contracts/messages/mentions'
import { unreadMentions } from '@parley/contracts/messages/unread-mentions'
import { markId } from '@parley/contracts/conversations/mark-id'
import { dataOf, marksOf, type ReplicaState } from '../replica/replica-state.ts'

/** Whom a text calls, in a group; undefined for nobody, and elsewhere. */
export function mentionsIn(state: ReplicaState, conversationId: string, text: string): Mentions | undefined {
  const conversation = dataOf(state, 'conversation', conversationId)
  if (!conversation?.group || !text.includes('@')) return undefined
  const people = conversation.memberIds.flatMap((id): Nameable[] => {
    const member = dataOf(state, 'member', id)
    return member ? [member] : []
  })
  return findMentions(text, people)
}

const none: readonly number[] = []

/** The numbers of the messages in a conversation that mention the member signed in, and that they have not seen. */
export function unreadMentionsIn(state: ReplicaState, conversationId: string): readonly number[] {
  const me = state.meta.session?.memberId
  if (me === undefined) return none
  const own = dataOf(state, 'mentioned', markId(conversationId, me))?.numbers ?? none
  const all = dataOf(state, 'mentioned', conversationId)?.numbers ?? none
  if (own.length === 0 && all.length === 0) return none
  const unread = unreadMentions(own, all, marksOf(state, conversationId, me).seen)
  return unread.length === 0 ? none : unread
}
