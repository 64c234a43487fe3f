import { ownMessageId } from '@parley/contracts/messages/own-message-id'
import type { StarredMessage } from '../messages/starred-message.ts'
import { callAbout, dataOf, recordsOf, type ReplicaState } from '../replica/replica-state.ts'

/** What starring a message, and deleting it for oneself, are called in the queue. */
export const starKey = (messageId: string) => `star ${messageId}`
export const hideKey = (messageId: string) => `hide ${messageId}`

interface Named {
  readonly id: string
  readonly conversationId: string
}

/** Whether the member has starred a message: as the server knows it, and as it will be told. */
export function isStarred(state: ReplicaState, { id, conversationId }: Named): boolean {
  const call = state.calls.size === 0 ? undefined : callAbout(state, starKey(id))
  if (call?.state === 'queued') return (call.input as { body: { starred: boolean } }).body.starred
  const noted = dataOf(state, 'own-message', ownMessageId(conversationId, id))
  return noted !== null && noted.starredAt !== null
}

/** Whether the member has deleted a message for themselves. */
export function isHidden(state: ReplicaState, { id, conversationId }: Named): boolean {
  if (dataOf(state, 'own-message', ownMessageId(conversationId, id))?.hidden) return true
  return state.calls.size > 0 && callAbout(state, hideKey(id))?.state === 'queued'
}

/** Whether there is anything that could be starred or hidden. */
export const notesAnything = ({ records, calls }: ReplicaState): boolean =>
  records['own-message'].size > 0 || calls.size > 0

/** What the member has starred and may still see, the newest star first. */
export function starredIn(
  state: ReplicaState,
  clearedUpTo: (conversationId: string) => number,
): StarredMessage[] {
  const starred: StarredMessage[] = []
  for (const { data } of recordsOf(state, 'own-message').values()) {
    if (!data || data.starredAt === null || data.number <= clearedUpTo(data.conversationId)) continue
    const { conversationId, messageId: id, number, starredAt } = data
    const shown = isStarred(state, { id, conversationId }) && !isHidden(state, { id, conversationId })
    if (shown && dataOf(state, 'conversation', conversationId))
      starred.push({ conversationId, messageId: id, number, starredAt })
  }
  starred.push(
    ...beingStarred(state).filter(({ messageId }) => starred.every((one) => one.messageId !== messageId)),
  )
  return starred.sort((a, b) => b.starredAt - a.starredAt || b.number - a.number)
}

/** What was starred here and the server does not know yet, as far as it is on a screen or was. */
function beingStarred(state: ReplicaState): StarredMessage[] {
  const found: StarredMessage[] = []
  for (const calls of state.calls.values()) {
    const { key = '', conversationId = null } = calls.at(-1) ?? {}
    if (conversationId === null || !key.startsWith(starKey(''))) continue
    const messageId = key.slice(starKey('').length)
    const record = state.windows.get(conversationId)?.messages.find(({ message }) => message.id === messageId)
    if (!record || !isStarred(state, record.message) || isHidden(state, record.message)) continue
    found.push({
      conversationId,
      messageId,
      number: record.message.number,
      starredAt: Number.MAX_SAFE_INTEGER,
    })
  }
  return found
}
