import { setTimeout as wait } from 'node:timers/promises'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { LateCommitListener } from '../contract/storage.ts'
import { fence } from './commit.ts'
import type { Connection } from './connection.ts'
import type { Counters } from './counters.ts'
import type { Change } from './feed-types.ts'
import type { OrgCaches } from './org-cache.ts'

/** A commit of ours of which nobody knows yet whether it was done. */
interface Unsettled {
  readonly to: Counters
  readonly changes: readonly Change[]
  settling: Promise<void> | null
}

/** Between two looks, in ms. */
const SOONEST = 100
const LATEST = 2000

/**
 * Commits whose answer was lost for good: whoever asked was told that storage is away, and yet they may have been done, or may
 * still be. An organisation's next batch waits until that is known, so there is one of them per organisation at most, and what
 * was done after all is told in commit order.
 */
export class UnsettledCommits {
  readonly #connection: Connection
  readonly #caches: OrgCaches
  readonly #tell: LateCommitListener
  readonly #commits = new Map<OrgScope, Unsettled>()
  #closed = false

  /** @param tell called once for every commit that was done after all */
  constructor(connection: Connection, caches: OrgCaches, tell: LateCommitListener) {
    this.#connection = connection
    this.#caches = caches
    this.#tell = tell
  }

  /** Remembers a commit, and finds out what became of it even if nobody writes to the organisation again. */
  add(scope: OrgScope, to: Counters, changes: readonly Change[]): void {
    // With its first commit an organisation begins: nobody can be connected who would have to hear of it.
    if (to.version === 1) return
    this.#commits.set(scope, { to, changes, settling: null })
    void this.#keepLooking(scope)
  }

  /** Finds out what became of the organisation's commit, if there is one. @throws DomainError storage_unavailable */
  async settle(scope: OrgScope): Promise<void> {
    const commit = this.#commits.get(scope)
    if (!commit) return
    commit.settling ??= this.#look(scope, commit).finally(() => (commit.settling = null))
    await commit.settling
  }

  /** Looks no more; clients that come back later catch up anyway. */
  close(): void {
    this.#closed = true
    this.#commits.clear()
  }

  async #look(scope: OrgScope, { to, changes }: Unsettled): Promise<void> {
    const found = await fence(this.#connection, scope)
    // Whoever is told shall be found, and read, as the commit has left things.
    await this.#caches.of(scope).reach(found.version)
    if (this.#closed) return
    this.#commits.delete(scope)
    if (found.version < to.version) return
    // Under another's commit ours cannot be seen any more.
    this.#tell(scope, found.commit === to.commit ? changes : null)
  }

  async #keepLooking(scope: OrgScope): Promise<void> {
    for (let pause = SOONEST; this.#commits.has(scope); pause = Math.min(2 * pause, LATEST)) {
      await wait(pause, undefined, { ref: false })
      await this.settle(scope).catch(() => undefined)
    }
  }
}
