import type { PresenceState } from '@parley/contracts/presence/events'
import type { CallFailed } from '../call-failed.ts'
import type { ConnectionState } from '../client-api.ts'
import type { Telling } from '../notifications/telling.ts'
import type { TypingSignal } from '../conversations/typing.ts'
import type { StoreBatch } from '../local-store/local-store.ts'

/** What only the tab that leads can do; the one that asked waits for the outcome. */
export type LeaderTask =
  | { readonly do: 'fetch-page'; readonly conversationId: string }
  /** Of what is on its way the leader alone knows. */
  | { readonly do: 'discard'; readonly messageId: string }

/** A refusal, as far as it can be copied from tab to tab. */
export type TaskFailure = Pick<CallFailed, 'code' | 'action' | 'message'>

/** What tabs say to one another. `tab` is who speaks. */
export type TabMessage =
  /** Applied by the speaker; it is in the store by now. */
  | { readonly type: 'batch'; readonly batch: StoreBatch }
  /** Applied by the speaker and worth showing; not in the store. */
  | { readonly type: 'show'; readonly batch: StoreBatch }
  /** The store was emptied but for `keep`. */
  | { readonly type: 'wiped'; readonly keep: StoreBatch }
  /** A tab has opened and wants to know how things are. */
  | { readonly type: 'hello'; readonly tab: string }
  | { readonly type: 'bye'; readonly tab: string }
  /** A tab leads from now on, and wants to know what the others want. */
  | { readonly type: 'leads' }
  | { readonly type: 'connection'; readonly state: ConnectionState }
  | { readonly type: 'presence'; readonly states: readonly PresenceState[] }
  | { readonly type: 'typing-heard'; readonly signal: TypingSignal }
  /** So many bytes of a message's files have arrived. */
  | { readonly type: 'transfer'; readonly messageId: string; readonly sent: number }
  /** Asked of the leader. */
  | { readonly type: 'typing'; readonly conversationId: string; readonly typing: boolean }
  | { readonly type: 'seen'; readonly conversationId: string; readonly number: number }
  | { readonly type: 'watch'; readonly tab: string; readonly memberIds: readonly string[] }
  /** Whether somebody looks at the tab. */
  | { readonly type: 'attended'; readonly tab: string; readonly attended: boolean }
  /** Said by the leader to one tab, which tells it. */
  | { readonly type: 'tell'; readonly tab: string; readonly tellings: readonly Telling[] }
  | { readonly type: 'connect' }
  | { readonly type: 'asked'; readonly request: string; readonly task: LeaderTask }
  | { readonly type: 'done'; readonly request: string; readonly failure: TaskFailure | null }
