import type { Message } from '@parley/contracts/messages/message'
import type { EntityKind, EntityRecord, MessageRecord } from '../local-store/local-store.ts'
import type { Replica } from './replica.ts'

export interface ReplicaDump {
  /** By kind, then id; gone ones left out, as are marks at 0. */
  readonly entities: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** By conversation, from its first held message on. */
  readonly messages: Readonly<Record<string, readonly Message[]>>
  /** What is said to them without words, by conversation, number and member; what was taken back left out. */
  readonly said: Readonly<Record<string, Readonly<Record<number, unknown>>>>
  /** The numbers from which on history is held. */
  readonly from: Readonly<Record<string, number>>
}

/** How access was come by is history, not state: a fresh load need not tell it. */
const leftOut: ReadonlySet<EntityKind> = new Set(['access'])

function isPresent({ kind, data }: EntityRecord): boolean {
  if (data === null || leftOut.has(kind)) return false
  return kind !== 'mark' || !('delivered' in data) || data.delivered > 0 || data.seen > 0
}

/** All that is held of the server's truth, sorted, without what differs between clients that agree. */
export async function dumpReplica(replica: Replica): Promise<ReplicaDump> {
  await replica.settled()
  const entities: Record<string, Record<string, unknown>> = {}
  for (const [kind, records] of Object.entries(replica.state.records)) {
    const held = [...(records.values() as Iterable<EntityRecord>)].filter(isPresent)
    held.sort((a, b) => (a.id < b.id ? -1 : 1))
    if (held.length > 0) entities[kind] = Object.fromEntries(held.map(({ id, data }) => [id, data]))
  }
  const messages: Record<string, Message[]> = {}
  const from: Record<string, number> = {}
  const said: Record<string, Record<number, unknown>> = {}
  const windows = [...replica.state.windows].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [conversationId, window] of windows) {
    const kept = await replica.readMessages(
      conversationId,
      window.from,
      window.shownFrom,
      Number.MAX_SAFE_INTEGER,
    )
    const records = [...kept, ...window.messages]
    messages[conversationId] = records.map(({ message }) => message)
    said[conversationId] = saidTo(records)
    from[conversationId] = window.from
  }
  return { entities, messages, said, from }
}

function saidTo(records: readonly MessageRecord[]): Record<number, unknown> {
  const all: Record<number, unknown> = {}
  for (const { message, reactions = {} } of records) {
    const present = Object.entries(reactions).filter(([, { emojis }]) => emojis.length > 0)
    present.sort(([a], [b]) => (a < b ? -1 : 1))
    if (present.length > 0) all[message.number] = present.map(([memberId, { emojis }]) => [memberId, emojis])
  }
  return all
}
