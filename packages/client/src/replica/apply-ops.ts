import type { Mark } from '@parley/contracts/conversations/conversation'
import { mergeMarks } from '../conversations/merge-marks.ts'
import type {
  EntityKind,
  EntityRecord,
  Meta,
  OutboxEntry,
  QueuedCall,
  StoredState,
  StoreBatch,
  StoreOp,
  WindowRecord,
} from '../local-store/local-store.ts'
import { SETTINGS_KEY } from '../chat-preferences/keys.ts'
import { forgetInPlace, sayInPlace, tellPlace } from '../messages/message-place.ts'
import {
  cleared,
  forgetRange,
  putInWindow,
  sayInWindow,
  reveal,
  takeFromWindow,
} from '../messages/message-window.ts'
import type { InnerTopic, Topics } from '../topics/topics.ts'
import { type MessageWindow, recordsOf, type ReplicaState } from './replica-state.ts'

type Touch = Pick<Topics, 'touch' | 'touchAll' | 'wake'>

/** Applies a batch to the mirror and says which topics changed. Never reads anything but the batch and the mirror. */
export function applyOps(state: ReplicaState, batch: StoreBatch, topics: Touch): void {
  for (const op of batch) applyOp(state, op, topics)
}

/** Fills an empty mirror from the store. */
export function fillState(state: ReplicaState, stored: StoredState): void {
  for (const record of stored.records) setRecord(state, record)
  for (const window of stored.windows) state.windows.set(window.conversationId, openedWindow(window))
  for (const entry of stored.outbox) setOutbox(state, entry)
  for (const call of stored.calls) setCall(state, call)
  for (const [conversationId, text] of stored.drafts) state.drafts.set(conversationId, text)
  for (const mark of stored.marks) state.marks.set(mark.conversationId, mark)
  state.meta = stored.meta
}

const openedWindow = ({ from, last }: WindowRecord): MessageWindow => ({
  from,
  shownFrom: last?.message.number ?? from,
  last,
  messages: last ? [last] : [],
})

function applyOp(state: ReplicaState, op: StoreOp, topics: Touch): void {
  switch (op.op) {
    case 'put-record':
      putRecord(state, op.record, topics)
      return
    case 'forget-record':
      recordsOf(state, op.kind).delete(op.id)
      touchRecord(topics, op.kind, op.id)
      return
    case 'put-message':
    case 'put-reaction':
    case 'forget-message':
    case 'forget-range':
    case 'put-page':
    case 'open-window':
    case 'forget-conversation':
    case 'clear-window':
      applyHistoryOp(state, op)
      touchConversation(topics, conversationOf(op))
      return
    case 'put-outbox':
      setOutbox(state, op.entry)
      touchOutbox(topics, op.entry.conversationId)
      return
    case 'forget-outbox':
      removeOutbox(state, op.conversationId, op.id)
      touchOutbox(topics, op.conversationId)
      return
    case 'put-call':
      setCall(state, op.call)
      touchCall(topics, op.call)
      return
    case 'forget-call':
      removeCall(state, op.key, op.id)
      touchCall(topics, op)
      return
    case 'put-draft':
      if (op.text === '') state.drafts.delete(op.conversationId)
      else state.drafts.set(op.conversationId, op.text)
      topics.touch(`draft:${op.conversationId}`)
      touchRow(topics, op.conversationId)
      return
    case 'put-mark':
      state.marks.set(op.mark.conversationId, op.mark)
      touchConversation(topics, op.mark.conversationId)
      return
    case 'forget-mark':
      state.marks.delete(op.conversationId)
      touchConversation(topics, op.conversationId)
      return
    case 'put-meta':
      putMeta(state, op.name, op.value, topics)
      return
    case 'forget-replica':
      for (const records of Object.values(state.records)) records.clear()
      state.windows.clear()
      state.places.clear()
      state.meta = { ...state.meta, cursor: null, audiences: [] }
      topics.touchAll()
  }
}

type HistoryOp = Extract<
  StoreOp,
  {
    op:
      | 'put-message'
      | 'put-reaction'
      | 'forget-message'
      | 'forget-range'
      | 'put-page'
      | 'open-window'
      | 'forget-conversation'
      | 'clear-window'
  }
>

function conversationOf(op: HistoryOp): string {
  switch (op.op) {
    case 'put-message':
      return op.record.message.conversationId
    case 'put-page':
    case 'open-window':
    case 'clear-window':
      return op.window.conversationId
    case 'put-reaction':
    case 'forget-message':
    case 'forget-range':
    case 'forget-conversation':
      return op.conversationId
  }
}

function applyHistoryOp(state: ReplicaState, op: HistoryOp): void {
  const conversationId = conversationOf(op)
  const window = state.windows.get(conversationId)
  const place = state.places.get(conversationId)
  switch (op.op) {
    case 'put-message': {
      const { number } = op.record.message
      if (place) tellPlace(place, op.record)
      if (op.passing) return
      const fresh: MessageWindow = { from: number, shownFrom: number, last: null, messages: [] }
      putInWindow(window ?? fresh, op.record)
      if (!window) state.windows.set(conversationId, fresh)
      return
    }
    case 'put-reaction': {
      const { number, memberId, said } = op
      if (place) sayInPlace(place, number, memberId, said)
      if (window && !op.passing) sayInWindow(window, number, memberId, said)
      return
    }
    case 'forget-message':
      if (window) takeFromWindow(window, op.number)
      return
    case 'forget-range':
      if (window) forgetRange(window, op.from, op.to, op.window)
      if (place) forgetInPlace(place, op.from, op.to)
      return
    case 'put-page':
      putPage(state, window, op.window, op.records)
      return
    case 'open-window':
      state.places.delete(conversationId)
      state.windows.set(conversationId, openedWindow(op.window))
      return
    case 'clear-window':
      if ((state.places.get(conversationId)?.from ?? Infinity) <= op.upTo) state.places.delete(conversationId)
      state.windows.set(conversationId, cleared(window ?? openedWindow(op.window), op.window, op.upTo))
      return
    case 'forget-conversation':
      state.places.delete(conversationId)
      state.windows.delete(conversationId)
  }
}

function putPage(
  state: ReplicaState,
  window: MessageWindow | undefined,
  next: WindowRecord,
  records: Extract<StoreOp, { op: 'put-page' }>['records'],
): void {
  if (!window) {
    const messages = [...records]
    state.windows.set(next.conversationId, {
      from: next.from,
      shownFrom: next.from,
      last: next.last,
      messages,
    })
    return
  }
  const showedAll = window.shownFrom === window.from || window.messages[0]?.message.number === window.from
  window.from = next.from
  window.last = next.last
  if (showedAll) reveal(window, records, next.from)
}

/** Marks only rise, whatever order they come in (Y11). */
function raised(held: Mark | null | undefined, given: Mark | null): Mark | null {
  return held && given ? mergeMarks(held, given) : given
}

function putRecord(state: ReplicaState, record: EntityRecord, topics: Touch): void {
  const held = state.records[record.kind].get(record.id)
  if (record.kind === 'mark') {
    const mark = record as EntityRecord<'mark'>
    const before = recordsOf(state, 'mark').get(record.id)
    const seq = Math.max(before?.seq ?? 0, mark.seq)
    setRecord(state, { ...mark, seq, data: raised(before?.data, mark.data) })
  } else {
    if (held && held.seq > record.seq) return
    setRecord(state, record)
  }
  touchRecord(topics, record.kind, record.id)
}

function setRecord(state: ReplicaState, record: EntityRecord): void {
  ;(state.records[record.kind] as Map<string, EntityRecord>).set(record.id, record)
}

function putMeta<K extends keyof Meta>(state: ReplicaState, name: K, value: Meta[K], topics: Touch): void {
  const before = state.meta[name]
  state.meta = { ...state.meta, [name]: value }
  if (name === 'signedOut') topics.touch('session')
  if (name !== 'session') return
  topics.touch('session')
  const memberBefore = (before as Meta['session'])?.memberId
  if (memberBefore !== (value as Meta['session'])?.memberId) topics.touchAll()
}

function setOutbox(state: ReplicaState, entry: OutboxEntry): void {
  const entries = state.outbox.get(entry.conversationId) ?? []
  const others = entries.filter(({ id }) => id !== entry.id)
  const place = others.findIndex(({ position }) => position > entry.position)
  const next = place === -1 ? [...others, entry] : [...others.slice(0, place), entry, ...others.slice(place)]
  state.outbox.set(entry.conversationId, next)
}

function removeOutbox(state: ReplicaState, conversationId: string, id: string): void {
  const left = (state.outbox.get(conversationId) ?? []).filter((entry) => entry.id !== id)
  if (left.length === 0) state.outbox.delete(conversationId)
  else state.outbox.set(conversationId, left)
}

function setCall(state: ReplicaState, call: QueuedCall): void {
  const others = (state.calls.get(call.key) ?? []).filter(({ id }) => id !== call.id)
  state.calls.set(
    call.key,
    [...others, call].sort((a, b) => a.position - b.position),
  )
}

function removeCall(state: ReplicaState, key: string, id: string): void {
  const left = (state.calls.get(key) ?? []).filter((call) => call.id !== id)
  if (left.length === 0) state.calls.delete(key)
  else state.calls.set(key, left)
}

function touchCall(topics: Touch, { key, conversationId }: Pick<QueuedCall, 'key' | 'conversationId'>): void {
  topics.touch('calls')
  if (key === SETTINGS_KEY) touchSettings(topics)
  if (key.startsWith('star ') || key.startsWith('hide ')) topics.touch('starred')
  if (conversationId !== null) touchConversation(topics, conversationId)
}

function touchRow(topics: Touch, conversationId: string): void {
  topics.touch(`row:${conversationId}`)
  topics.touch('chats')
}

function touchConversation(topics: Touch, conversationId: string): void {
  topics.touch(`conversation:${conversationId}`)
  touchRow(topics, conversationId)
}

function touchOutbox(topics: Touch, conversationId: string): void {
  topics.touch('waiting')
  touchConversation(topics, conversationId)
}

/** What holds for all chats changes which of them are archived. */
function touchSettings(topics: Touch): void {
  topics.touchAll()
}

const topicOf: Partial<Record<EntityKind, InnerTopic>> = {
  organisation: 'organisation',
  'organisation-details': 'organisation',
  communication: 'organisation',
  department: 'departments',
  account: 'accounts',
  'own-profile': 'members',
  invite: 'invites',
  'notification-settings': 'notifications',
  'own-message': 'starred',
}

function touchRecord(topics: Touch, kind: EntityKind, id: string): void {
  const topic = topicOf[kind]
  if (topic) topics.touch(topic)
  if (kind === 'conversation' || kind === 'reach' || kind === 'purge' || kind === 'chat-preference')
    touchConversation(topics, id)
  if (kind === 'chat-settings') touchSettings(topics)
  // what is cleared away, and what one has no access to, is not among the starred either
  if (kind === 'chat-preference' || kind === 'conversation') topics.touch('starred')
  if (kind === 'mark' || kind === 'mentioned' || kind === 'own-message')
    touchConversation(topics, id.split(':')[0] ?? id)
  if (kind !== 'member') return
  // Names and pictures of colleagues show in rows and conversations; their selectors watch `members` besides.
  topics.touch('members')
  topics.wake('chats')
  topics.wake('conversation:')
}
