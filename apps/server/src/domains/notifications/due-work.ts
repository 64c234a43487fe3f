import type { Clock } from '../../kernel/clock.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'

interface Deps {
  /** Takes on what is due, at most so much, and says when each piece is done. */
  readonly begin: (scope: OrgScope, room: number) => Promise<readonly Promise<void>[]>
  /** When the next piece is due; null for never. */
  readonly nextDue: (scope: OrgScope) => Promise<number | null>
  readonly clock: Clock
  readonly onFailure: (error: unknown) => void
}

/** Work that becomes due, of each organisation by itself, a bounded amount of it at the same time. */
export interface DueWork {
  /** Something may be due now or soon. */
  wake(scope: OrgScope): void
  /** Does what is due now. @returns how many pieces that were, when all of them are done */
  run(scope: OrgScope): Promise<number>
  /** The organisations that there was something to do for. */
  scopes(): Iterable<OrgScope>
  /** Begins nothing any more, and finishes what is under way. */
  stop(): Promise<void>
}

/** Under way at the same time, of one organisation. */
const AT_ONCE = 32
/** Another process may make work, and nobody tells. */
const LOOK_EVERY = 30_000
const AGAIN_AFTER = 2_000
/** Timers are not exact. */
const SLACK = 20

interface Office {
  timer: NodeJS.Timeout | null
  due: number
  readonly underWay: Set<Promise<void>>
}

export function createDueWork({ begin, nextDue, clock, onFailure }: Deps): DueWork {
  const offices = new Map<OrgScope, Office>()
  let stopped = false

  const officeOf = (scope: OrgScope): Office => {
    const known = offices.get(scope)
    if (known) return known
    const made: Office = { timer: null, due: Infinity, underWay: new Set() }
    offices.set(scope, made)
    return made
  }
  const start = async (scope: OrgScope): Promise<{ readonly pieces: readonly Promise<void>[] }> => {
    const { underWay } = officeOf(scope)
    const room = AT_ONCE - underWay.size
    // most looks find nothing, and taking on is a transaction
    if (stopped || room <= 0 || ((await nextDue(scope)) ?? Infinity) > clock.now()) return { pieces: [] }
    const begun = await begin(scope, room)
    for (const piece of begun) {
      underWay.add(piece)
      void piece.finally(() => {
        underWay.delete(piece)
        plan(scope, 0)
      })
    }
    return { pieces: begun }
  }
  /** Looks in so many ms at the latest. */
  const plan = (scope: OrgScope, wait: number) => {
    const office = officeOf(scope)
    const due = clock.now() + wait
    if (stopped || (office.timer && office.due <= due)) return
    if (office.timer) clearTimeout(office.timer)
    office.due = due
    office.timer = setTimeout(() => {
      office.timer = null
      look(scope).catch((error: unknown) => {
        onFailure(error)
        plan(scope, AGAIN_AFTER)
      })
    }, wait).unref()
  }
  const look = async (scope: OrgScope) => {
    await start(scope)
    const next = await nextDue(scope)
    if (next !== null) plan(scope, Math.min(LOOK_EVERY, Math.max(SLACK, next - clock.now())))
  }
  return {
    wake: (scope) => plan(scope, 0),
    async run(scope) {
      const { pieces } = await start(scope)
      await Promise.all(pieces)
      return pieces.length
    },
    scopes: () => offices.keys(),
    async stop() {
      stopped = true
      for (const { timer } of offices.values()) if (timer) clearTimeout(timer)
      await Promise.all([...offices.values()].flatMap(({ underWay }) => [...underWay]))
    },
  }
}
