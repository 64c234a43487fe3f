import type { Audience, ChangeData, ChangeKind } from '@parley/contracts/sync/change'
import type { RouteName } from '@parley/contracts/routes'
import type { Mentions } from '@parley/contracts/messages/mentions'
import type { Message, Quote } from '@parley/contracts/messages/message'
import type { SignedOutReason } from '../client-api.ts'
import type { OutboxFile } from '../files/outgoing.ts'

/** Messages are kept apart from everything else, because there are many and they are read by range. */
export type EntityKind = Exclude<ChangeKind, 'message' | 'reaction'>

/** One entity as last heard of. `data: null` is the memory that it is gone, so that an older change cannot bring it back (Y4). */
export interface EntityRecord<K extends EntityKind = EntityKind> {
  readonly kind: K
  readonly id: string
  readonly audience: Audience
  readonly seq: number
  readonly data: ChangeData<K> | null
}

/** What people say to a message without words, by member; kept with it, so that it is read with it. Empty ones remember what was taken back. */
export type SaidTo = Readonly<Record<string, { readonly seq: number; readonly emojis: readonly string[] }>>

export interface MessageRecord {
  readonly seq: number
  readonly message: Message
  readonly reactions?: SaidTo
}

/** What is held of a conversation's history: every message from number `from` on; 1 when nothing older exists. */
export interface WindowRecord {
  readonly conversationId: string
  readonly from: number
  readonly last: MessageRecord | null
}

/** A message that has not reached the server, as far as this device knows (Y6). */
export interface OutboxEntry {
  readonly id: string
  readonly conversationId: string
  readonly text: string
  /** The message that it answers, as it was then. */
  readonly replyTo?: Quote
  /** The message that it passes on. */
  readonly forwardOf?: string
  /** Whom it calls, in a group. */
  readonly mentions?: Mentions
  /** Leave before it, and are complete before it leaves. */
  readonly files?: readonly OutboxFile[]
  /** Its files wait until the person goes on. */
  readonly paused?: true
  /** Leaves when that one has left, or is held back by something else than its files. */
  readonly after?: string
  /** By the corrected clock. */
  readonly createdAt: number
  /** Rises with every message written on this device: the order in which they leave. */
  readonly position: number
  readonly state: 'queued' | 'failed'
  /** Why it failed, as a sentence. */
  readonly failure: string | null
}

/** Something done here that the server does not know yet: the call of a route that may be made twice without harm. */
export interface QueuedCall {
  readonly id: string
  /** What it is about: the newest with a key is what screens show already. */
  readonly key: string
  readonly route: RouteName
  readonly input: unknown
  /** Whose screens show it; null outside of conversations. */
  readonly conversationId: string | null
  /** Rises with every call queued on this device: the order in which they are made. */
  readonly position: number
  readonly state: 'queued' | 'failed'
  /** Why it was refused, as a sentence. */
  readonly failure: string | null
}

/** The own mark as far as this device knows and the server perhaps not yet (Y11). */
export interface PendingMark {
  readonly conversationId: string
  readonly delivered: number
  readonly seen: number
  /** System lines up to `seen`, as far as this device knows. */
  readonly quiet: number
}

export interface StoredSession {
  readonly organisationId: string
  readonly memberId: string
  readonly sessionId: string
  readonly passwordIsTemporary: boolean
  /** When the access token is exchanged at the latest, by this device's own clock. */
  readonly refreshAt: number
  /** null where the session lives in cookies. */
  readonly tokens: { readonly accessToken: string; readonly refreshToken: string } | null
}

export interface Meta {
  readonly session: StoredSession | null
  readonly signedOut: SignedOutReason | null
  /** Somebody signed out here and the server does not know yet; with the tokens that end the session where they are ours. */
  readonly owedSignOut: { readonly tokens: StoredSession['tokens'] } | null
  /** Whose outbox and drafts these are; they outlive a session that the person did not end here. */
  readonly owner: string | null
  /** Everything up to this seq is held of every audience below; null asks for a whole load. */
  readonly cursor: number | null
  readonly audiences: readonly string[]
  /** The server's clock minus this device's. */
  readonly clockOffset: number
}

export const emptyMeta: Meta = {
  session: null,
  signedOut: null,
  owedSignOut: null,
  owner: null,
  cursor: null,
  audiences: [],
  clockOffset: 0,
}

type MetaOp = {
  [K in keyof Meta]: { readonly op: 'put-meta'; readonly name: K; readonly value: Meta[K] }
}[keyof Meta]

/** One step of a batch. Later ones win over earlier ones. */
export type StoreOp =
  | { readonly op: 'put-record'; readonly record: EntityRecord }
  | { readonly op: 'forget-record'; readonly kind: EntityKind; readonly id: string }
  /**
   * `newest` carries the window's `from` when this is now the last message. With `passing` it stands before what is held: it is shown where
   * somebody looks at that place, and not kept.
   */
  | {
      readonly op: 'put-message'
      readonly record: MessageRecord
      readonly newest: { readonly from: number } | null
      readonly passing?: true
    }
  /** What somebody says to a message that is held. `passing` as above. */
  | {
      readonly op: 'put-reaction'
      readonly conversationId: string
      readonly number: number
      readonly memberId: string
      readonly said: SaidTo[string]
      readonly passing?: true
    }
  | { readonly op: 'forget-message'; readonly conversationId: string; readonly number: number }
  /** Drops the messages with numbers from `from` to `to`; the window is then as given, where there is one. */
  | {
      readonly op: 'forget-range'
      readonly conversationId: string
      readonly from: number
      readonly to: number
      readonly window: WindowRecord | null
    }
  /** A page of older messages, joining the window. */
  | { readonly op: 'put-page'; readonly window: WindowRecord; readonly records: readonly MessageRecord[] }
  /** Begins a conversation's history anew; messages held before are dropped. */
  | { readonly op: 'open-window'; readonly window: WindowRecord }
  /** Drops messages and window. */
  | { readonly op: 'forget-conversation'; readonly conversationId: string }
  /** Up to this number the conversation was cleared: messages are dropped, and of the last only its place stays. */
  | { readonly op: 'clear-window'; readonly window: WindowRecord; readonly upTo: number }
  | { readonly op: 'put-outbox'; readonly entry: OutboxEntry }
  | { readonly op: 'forget-outbox'; readonly id: string; readonly conversationId: string }
  | { readonly op: 'put-call'; readonly call: QueuedCall }
  | {
      readonly op: 'forget-call'
      readonly id: string
      readonly key: string
      readonly conversationId: string | null
    }
  | { readonly op: 'put-draft'; readonly conversationId: string; readonly text: string }
  | { readonly op: 'put-mark'; readonly mark: PendingMark }
  | { readonly op: 'forget-mark'; readonly conversationId: string }
  | MetaOp
  /** Forgets what can be loaded again: records, messages, windows, cursor, audiences. */
  | { readonly op: 'forget-replica' }

export type StoreBatch = readonly StoreOp[]

export interface StoredState {
  readonly records: readonly EntityRecord[]
  readonly windows: readonly WindowRecord[]
  readonly outbox: readonly OutboxEntry[]
  readonly calls: readonly QueuedCall[]
  readonly drafts: ReadonlyMap<string, string>
  readonly marks: readonly PendingMark[]
  readonly meta: Meta
}

/** Keeps the truth on the device. Methods reject when the device refuses; the caller decides what then. */
export interface LocalStore {
  /** Whether other tabs see what is written here. */
  readonly sharedByTabs: boolean
  /** Whether it outlives the program. */
  readonly durable: boolean
  /** Writes all of it or nothing; resolves when it is kept. */
  write(batch: StoreBatch): Promise<void>
  /** Everything but messages, of which each window brings its last. */
  readAll(): Promise<StoredState>
  readMeta(): Promise<Meta>
  /** Messages with `from <= number < before`, the newest `limit` of them, oldest first. */
  readMessages(conversationId: string, from: number, before: number, limit: number): Promise<MessageRecord[]>
  /** Forgets everything. */
  clear(): Promise<void>
  close(): Promise<void>
  /** Called when the device has taken the store away (evicted, wiped). */
  onLost(listener: () => void): void
}
