import type { Purge } from '@parley/contracts/conversations/purge'
import { markId } from '@parley/contracts/conversations/mark-id'
import type { ChangeData } from '@parley/contracts/sync/change'
import type { MessagePlace } from '../messages/message-place.ts'
import { mergeMarks, type Watermarks } from '../conversations/merge-marks.ts'
import {
  emptyMeta,
  type EntityKind,
  type EntityRecord,
  type MessageRecord,
  type Meta,
  type OutboxEntry,
  type PendingMark,
  type QueuedCall,
} from '../local-store/local-store.ts'

/** What is held of a conversation's messages. The store holds all from `from` on, memory all from `shownFrom` on. */
export interface MessageWindow {
  from: number
  shownFrom: number
  last: MessageRecord | null
  /** Rising numbers, each at least `shownFrom`. */
  messages: MessageRecord[]
}

export type RecordMaps = { readonly [K in EntityKind]: Map<string, EntityRecord<K>> }

/** The mirror of the local store that screens read. Changed by `applyOps` alone. */
export interface ReplicaState {
  readonly records: RecordMaps
  readonly windows: Map<string, MessageWindow>
  /** By conversation: what is looked at far from the present. Neither kept nor told to other tabs. */
  readonly places: Map<string, MessagePlace>
  /** By conversation, in the order of writing. */
  readonly outbox: Map<string, readonly OutboxEntry[]>
  /** By key, in the order of queuing; all but the last are being made just now. */
  readonly calls: Map<string, readonly QueuedCall[]>
  readonly drafts: Map<string, string>
  readonly marks: Map<string, PendingMark>
  meta: Meta
}

const emptyRecords = (): RecordMaps => ({
  organisation: new Map(),
  'organisation-details': new Map(),
  communication: new Map(),
  department: new Map(),
  member: new Map(),
  account: new Map(),
  'own-profile': new Map(),
  invite: new Map(),
  conversation: new Map(),
  mark: new Map(),
  reach: new Map(),
  mentioned: new Map(),
  'notification-settings': new Map(),
  purge: new Map(),
  access: new Map(),
  'own-message': new Map(),
  'chat-preference': new Map(),
  'chat-settings': new Map(),
})

export const emptyState = (): ReplicaState => ({
  records: emptyRecords(),
  windows: new Map(),
  places: new Map(),
  outbox: new Map(),
  calls: new Map(),
  drafts: new Map(),
  marks: new Map(),
  meta: emptyMeta,
})

/** The records of one kind, with their exact type. */
export const recordsOf = <K extends EntityKind>(state: ReplicaState, kind: K): Map<string, EntityRecord<K>> =>
  state.records[kind]

/** What is held of an entity; null when nothing is, or when it is gone. */
export const dataOf = <K extends EntityKind>(
  state: ReplicaState,
  kind: K,
  id: string,
): ChangeData<K> | null => recordsOf(state, kind).get(id)?.data ?? null

/** The number of a conversation's newest message held here; 0 without one. */
export const lastNumberOf = (state: ReplicaState, conversationId: string): number =>
  state.windows.get(conversationId)?.last?.message.number ?? 0

const unmarked: Watermarks = { delivered: 0, seen: 0, quiet: 0 }

/** The same one each time, so that nothing is taken for changed. */
const NOTHING: Purge['ranges'] = []

/** What of a conversation's history is gone for good. */
export const purgedIn = (state: ReplicaState, conversationId: string): Purge['ranges'] =>
  dataOf(state, 'purge', conversationId)?.ranges ?? NOTHING

export const isGroup = (state: ReplicaState, conversationId: string): boolean =>
  dataOf(state, 'conversation', conversationId)?.kind === 'group'

/**
 * How many system lines there are up to a message, as far as this device knows: the message is on the screen, or at least one
 * before it was heard of.
 */
export function quietUpTo(state: ReplicaState, conversationId: string, number: number): number {
  const window = state.windows.get(conversationId)
  if (window?.last && number >= window.last.message.number) return window.last.message.quiet
  return window?.messages.findLast(({ message }) => message.number <= number)?.message.quiet ?? 0
}

/** A participant's marks; the own ones as far as this device knows, which the server may still have to learn. */
export function marksOf(state: ReplicaState, conversationId: string, memberId: string): Watermarks {
  const known = dataOf(state, 'mark', markId(conversationId, memberId)) ?? unmarked
  if (memberId !== state.meta.session?.memberId) return known
  const pending = state.marks.get(conversationId)
  return pending ? mergeMarks(pending, known) : known
}

/** What was last done here about something and the server does not know yet, or has refused. */
export const callAbout = (state: ReplicaState, key: string): QueuedCall | undefined =>
  state.calls.get(key)?.at(-1)

/** Every entry of the outbox that waits for this id to be confirmed. */
export const outboxEntry = (
  state: ReplicaState,
  conversationId: string,
  id: string,
): OutboxEntry | undefined => state.outbox.get(conversationId)?.find((entry) => entry.id === id)
