import type { Storage } from './adapters/storage/contract/storage.ts'
import { withoutExpired } from './domains/messages/without-expired.ts'
import { membersOf } from './domains/sync/audiences-of.ts'
import type { Clock } from './kernel/clock.ts'
import { createDispatcher, type Dispatcher } from './platform/dispatch-changes.ts'
import type { Log } from './platform/log/log.ts'
import { broadcastChanges } from './platform/realtime/broadcast-changes.ts'
import type { Realtime } from './platform/realtime/realtime.ts'

interface Deps {
  readonly storage: Storage
  readonly realtime: Realtime
  readonly clock: Clock
  readonly log: Log
}

/** From what is committed to who may see it live, without what has disappeared meanwhile. */
export function openDispatcher({ storage, realtime, clock, log }: Deps): Dispatcher {
  const broadcast = broadcastChanges(realtime)
  const dispatcher = createDispatcher({
    resolveAudience: (scope, audience, seq, number) => membersOf(storage.read, scope, audience, seq, number),
    broadcast: (to, changes, except) => broadcast(to, withoutExpired(changes, clock.now()), except),
    log,
  })
  hearStorage(storage, dispatcher, realtime, log)
  return dispatcher
}

/** Late commits are told as all are; faults are the operator's to know. */
function hearStorage(storage: Storage, dispatcher: Dispatcher, realtime: Realtime, log: Log): void {
  storage.onLateCommit((scope, changes) => {
    if (changes) dispatcher.dispatch(scope, changes)
    else realtime.recall(scope)
  })
  storage.onFault(({ error, stopped }) => {
    if (stopped) log.fatal({ error }, 'the database cannot be written any more until the server is restarted')
    else log.error({ error }, 'the database failed; what was being written is undone')
  })
}
