import type { Change } from '@parley/contracts/sync/change'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { TakenIn } from './take-in-messages.ts'

interface Deps {
  /** Takes the next messages of an organisation into the index. */
  readonly takeIn: (scope: OrgScope) => Promise<TakenIn>
  /** The organisations of which something has not been taken in yet, as when the server ended in the middle. */
  readonly behind: () => Promise<readonly OrgScope[]>
  /** Told when the index had to be begun anew, and why. */
  readonly onNews: (news: string) => void
  /** Told once when it does not work, until it has worked again. */
  readonly onTrouble: (error: unknown) => void
  /** Milliseconds after a message in which others may join it. */
  readonly gather?: number
  /** Milliseconds until what did not work is tried again. */
  readonly tryAgain?: number
}

export interface IndexKeeper {
  /** A listener to committed changes. */
  note(scope: OrgScope, changes: readonly Change[]): void
  /**
   * Looks for what is lacking although nobody has written: what was left when the server ended, or what another thread, or the operator, has
   * begun anew. Never throws.
   */
  look(): Promise<void>
  /** Resolves when everything noted so far is taken in, or has failed. */
  settled(): Promise<void>
  /** Lets the step under way end, and does no other. */
  stop(): Promise<void>
}

const GATHER = 500
const TRY_AGAIN = 5_000

/** Keeps the search index behind the feed: by half a second, and never in the way of a message. */
export function takeInOnChange(deps: Deps): IndexKeeper {
  const { gather = GATHER, tryAgain = TRY_AGAIN } = deps
  const moved = new Set<OrgScope>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let troubled = false

  const tellTrouble = (error: unknown) => {
    if (!troubled) deps.onTrouble(error)
    troubled = true
  }
  const takeInOne = async (scope: OrgScope) => {
    for (let more = true; more && !stopped;) {
      const taken = await deps.takeIn(scope)
      if (taken.news !== null) {
        deps.onNews(taken.news)
        await lookBehind()
      }
      more = taken.more
    }
  }
  const takeInAll = async () => {
    for (const scope of moved) {
      if (stopped) return
      moved.delete(scope)
      try {
        await takeInOne(scope)
        troubled = false
      } catch (error) {
        moved.add(scope)
        tellTrouble(error)
        schedule(tryAgain)
        return
      }
    }
  }
  const schedule = (milliseconds: number) => {
    if (timer || stopped) return
    timer = setTimeout(() => {
      timer = undefined
      running = running.then(takeInAll)
    }, milliseconds)
    timer.unref()
  }
  const lookBehind = async () => {
    for (const scope of await deps.behind()) moved.add(scope)
  }
  return {
    note(scope, changes) {
      if (!changes.some(({ kind }) => kind === 'message' || kind === 'purge')) return
      moved.add(scope)
      schedule(gather)
    },
    async look() {
      try {
        await lookBehind()
      } catch (error) {
        tellTrouble(error)
      }
      if (moved.size > 0) schedule(0)
    },
    async settled() {
      do {
        await running
        await new Promise((resolve) => setTimeout(resolve, 5))
      } while (timer !== undefined || moved.size > 0)
      await running
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      timer = undefined
      moved.clear()
      await running
    },
  }
}
