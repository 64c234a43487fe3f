import type { Audience, Change } from '@parley/contracts/sync/change'
import type { OrgScope } from '../kernel/org-scope.ts'
import type { Log } from './log/log.ts'

/** Reacts to committed changes. Called in commit order, before anybody is told live; must not throw. */
export type ChangeListener = (scope: OrgScope, changes: readonly Change[]) => void

/** The members who may see an audience's changes from a seq on now (A2, Y9); where they are about a message, those who may see that one. */
export type ResolveAudience = (
  scope: OrgScope,
  audience: Audience,
  seq: number,
  messageNumber: number | undefined,
) => readonly string[] | Promise<readonly string[]>

/** Sends changes of one audience to the connections of members, but not to the one that knows them already. */
export type Broadcast = (
  memberIds: readonly string[],
  changes: readonly Change[],
  exceptConnection?: string,
) => void

export interface Dispatcher {
  /**
   * Hands on what was committed; call in commit order. Nothing leaves before everything that follows from the commit without
   * waiting is done, so the acknowledgements go first.
   * @param origin the connection whose acknowledgement carries the first of these changes
   */
  dispatch(scope: OrgScope, changes: readonly Change[], origin?: string): void
  onChanges(listener: ChangeListener): void
  /** Milliseconds that the change told next to an organisation has waited for its turn; 0 when nothing waits. */
  behind(scope: OrgScope): number
  /** Resolves when everything handed on so far has been sent. */
  settled(): Promise<void>
}

interface Commit {
  readonly changes: readonly Change[]
  readonly origin: string | undefined
  /** When it was handed on, on the clock of `performance.now()`. */
  readonly at: number
}

/** What waits in one organisation. */
interface Line {
  commits: Commit[]
  /** When the one being told was handed on. */
  since: number
}

/** How many members were told in this turn of the event loop. */
interface Turn {
  told: number
}

interface Deps {
  readonly resolveAudience: ResolveAudience
  readonly broadcast: Broadcast
  readonly log: Log
}

/**
 * So many members are told in one turn of the event loop; the rest of a large audience follows in the next ones, so that nobody else waits
 * for all of it. With what follows a write in the same turn each takes some 40 µs (a group of 500 in `bench`, profiled), these take 4 ms.
 */
const TOLD_PER_TURN = 100
/** An audience this small costs little beside its message's write, and counts as one: if each counted, more would come in a turn than leaves. */
const A_HANDFUL = 10

async function tellMembers(
  broadcast: Broadcast,
  members: readonly string[],
  changes: readonly Change[],
  except: string | undefined,
  turn: Turn,
): Promise<void> {
  for (let at = 0; at < members.length; at += TOLD_PER_TURN) {
    const some = members.length > TOLD_PER_TURN ? members.slice(at, at + TOLD_PER_TURN) : members
    const weight = some.length > A_HANDFUL ? some.length : 1
    if (turn.told + weight > TOLD_PER_TURN) {
      await new Promise((resolve) => setImmediate(resolve))
      turn.told = 0
    }
    turn.told += weight
    broadcast(some, changes, except)
  }
}

/** Tells live connections and listeners of committed changes, each organisation in order of seq. */
export function createDispatcher({ resolveAudience, broadcast, log }: Deps): Dispatcher {
  const listeners: ChangeListener[] = []
  /** What waits per organisation; an entry exists as long as something is being sent. */
  const waiting = new Map<OrgScope, Line>()

  const tellListeners = (scope: OrgScope, changes: readonly Change[]) => {
    for (const listener of listeners) {
      try {
        listener(scope, changes)
      } catch (error) {
        log.error({ error, organisationId: scope }, 'a listener to changes failed')
      }
    }
  }
  const send = async (scope: OrgScope, { changes, origin }: Commit, turn: Turn) => {
    for (const [index, run] of runsOfOneAudience(changes, origin !== undefined).entries()) {
      const members = resolveAudience(scope, run.audience, run.changes[0]?.seq ?? 0, run.messageNumber)
      const except = index === 0 ? origin : undefined
      await tellMembers(broadcast, 'then' in members ? await members : members, run.changes, except, turn)
    }
  }
  const drain = async (scope: OrgScope) => {
    const line = waiting.get(scope)
    if (!line) return
    const { commits } = line
    line.commits = []
    const turn = { told: 0 }
    for (const commit of commits) {
      line.since = commit.at
      tellListeners(scope, commit.changes)
      try {
        await send(scope, commit, turn)
      } catch (error) {
        // those who miss it see the hole by `prev` and catch up (Y2)
        log.error({ error, organisationId: scope }, 'changes could not be dispatched')
      }
    }
    if (line.commits.length === 0) waiting.delete(scope)
    else setImmediate(() => void drain(scope)) // what came meanwhile has acknowledgements that go first
  }
  return {
    dispatch(scope, changes, origin) {
      const commit = { changes, origin, at: performance.now() }
      const line = waiting.get(scope)
      if (line) {
        line.commits.push(commit)
        return
      }
      waiting.set(scope, { commits: [commit], since: commit.at })
      // called in a promise's turn, this runs when no promise is left to settle; a turn of the event loop later costs latency
      process.nextTick(() => void drain(scope))
    },
    onChanges(listener) {
      listeners.push(listener)
    },
    behind(scope) {
      const line = waiting.get(scope)
      return line ? performance.now() - line.since : 0
    },
    async settled() {
      while (waiting.size > 0) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

interface Run {
  readonly audience: Audience
  readonly changes: readonly Change[]
  /** Of the message that they are about, if they are about one. */
  readonly messageNumber: number | undefined
}

const messageNumberOf = (change: Change): number | undefined =>
  change.kind === 'message' || change.kind === 'reaction' ? change.data?.number : undefined

/**
 * Splits changes where the audience changes, or the message that they are about, so that each part can go out as one frame and the
 * order of seq stays.
 * @param firstAlone the first change does not go to the same connections as those after it
 */
function runsOfOneAudience(changes: readonly Change[], firstAlone: boolean): Run[] {
  const [only] = changes
  if (changes.length === 1 && only)
    return [{ audience: only.audience as Audience, changes, messageNumber: messageNumberOf(only) }]
  const runs: (Run & { changes: Change[] })[] = []
  for (const change of changes) {
    const last = runs.at(-1)
    const messageNumber = messageNumberOf(change)
    const isSame = last?.audience === change.audience && last.messageNumber === messageNumber
    const joins = isSame && !(firstAlone && runs.length === 1)
    if (last && joins) last.changes.push(change)
    else runs.push({ audience: change.audience as Audience, changes: [change], messageNumber })
  }
  return runs
}
