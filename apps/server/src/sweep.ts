import type { Storage, StorageTx } from './adapters/storage/contract/storage.ts'
import { removeBytes, removeOrphans, sweepOrganisation } from './domains/files/sweep-files.ts'
import type { Clock } from './kernel/clock.ts'
import { orgScope, type OrgScope } from './kernel/org-scope.ts'
import type { RunUseCase } from './kernel/transactions.ts'
import type { FileParts } from './open-files.ts'
import type { Log } from './platform/log/log.ts'

interface Deps {
  readonly storage: Pick<Storage, 'read' | 'organisations'>
  readonly files: Pick<FileParts, 'vault' | 'blobs'>
  readonly run: RunUseCase<StorageTx>
  readonly clock: Clock
  readonly log: Log
}

/** Takes away the files that nobody has sent, and the bytes of those that are gone. */
export interface FileSweep {
  /** Removes the bytes that an organisation's deletions have left; never throws. */
  readonly removeBytes: (scope: OrgScope) => Promise<void>
  /** Looks at every organisation in turn, now and again and again, and less often for blobs that belong to nothing. @returns ends it */
  readonly start: () => () => void
}

const AT_ONCE = 100
const SWEEP_EVERY = 10 * 60_000
const ORPHANS_EVERY = 6 * 60 * 60_000

export function createFileSweep({ storage, files, run, clock, log }: Deps): FileSweep {
  const { read, organisations } = storage
  const deps = { run, read, vault: files.vault }
  const quietly = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      log.warn({ error }, 'files that are gone could not be swept up; it is tried again')
    }
  }
  const sweepAll = async () => {
    let after: string | null = null
    for (;;) {
      const ids: string[] = await organisations.idsAfter(after, AT_ONCE)
      for (const id of ids) await quietly(() => sweepOrganisation(deps, orgScope(id), clock.now()))
      after = ids.at(-1) ?? null
      if (ids.length < AT_ONCE) return
    }
  }
  const removeLost = async () => {
    const count = await removeOrphans(read, files.blobs, clock.now())
    if (count > 0) log.info({ count }, 'blobs that belonged to nothing were removed')
  }
  return {
    removeBytes: (scope) => quietly(() => removeBytes(deps, scope)),
    start() {
      void quietly(sweepAll)
      const timers = [
        setInterval(() => void quietly(sweepAll), SWEEP_EVERY),
        setInterval(() => void quietly(removeLost), ORPHANS_EVERY),
      ]
      return () => timers.forEach((timer) => clearInterval(timer))
    },
  }
}
