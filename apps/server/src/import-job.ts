import { cleanFileName } from '@parley/contracts/files/file-name'
import { setTimeout as pause } from 'node:timers/promises'
import { createZipOpener } from './adapters/archives/zip-archive.ts'
import type { Storage, StorageTx } from './adapters/storage/contract/storage.ts'
import { forgetMessages, inEveryOrganisation } from './cleaning-jobs.ts'
import type { UploadLocks } from './domains/files/upload-locks.ts'
import { runImport, type RunImportDeps } from './domains/imports/run-import.ts'
import { TakenFiles } from './domains/imports/taken-files.ts'
import { takeBack } from './domains/imports/take-back.ts'
import type { Clock } from './kernel/clock.ts'
import type { OrgScope } from './kernel/org-scope.ts'
import type { RunUseCase } from './kernel/transactions.ts'
import type { FileParts } from './open-files.ts'
import type { Job } from './platform/run-on-schedule.ts'
import type { FileSweep } from './sweep.ts'

interface Deps {
  readonly storage: Pick<Storage, 'organisations' | 'read'>
  readonly run: RunUseCase<StorageTx>
  readonly clock: Clock
  readonly files: FileParts
  readonly locks: UploadLocks
  readonly sweep: Pick<FileSweep, 'removeBytes'>
}

const EVERY = 30_000
/** Imports of an organisation that are gone on with in one go. */
const AT_ONCE = 5
/** An import gives way to the next after this. */
const SLICE = 20_000

export const openArchive = createZipOpener(cleanFileName)

/** Goes on with the imports of every organisation, each for a while in turn, until none is left. */
export function importJob({ storage, run, clock, files, locks, sweep }: Deps): Job {
  const { read } = storage
  const runDeps: RunImportDeps = {
    ...{ run, read, clock, locks, openArchive, pause: async (ms) => pause(ms) },
    taken: new TakenFiles(),
    ...{ vault: files.vault, media: files.media, limits: files.limits },
  }
  const undoDeps = { run, read, forget: forgetMessages, now: () => clock.now() }
  const goOn = async (scope: OrgScope, isOver: () => boolean): Promise<boolean> => {
    const unfinished = await read.imports.unfinished(scope, AT_ONCE)
    for (const { id, state } of unfinished) {
      const until = Date.now() + SLICE
      const enough = () => isOver() || Date.now() > until
      if (state !== 'running') runDeps.taken.forget(id)
      if (state === 'running') await runImport(runDeps, scope, id, enough)
      else await takeBack(undoDeps, scope, id, enough)
      await sweep.removeBytes(scope)
    }
    return unfinished.length > 0
  }
  return {
    name: 'imports',
    every: EVERY,
    run: async (isOver) => {
      for (let busy = true; busy && !isOver();) {
        busy = false
        await inEveryOrganisation(storage, isOver, async (scope) => {
          if (await goOn(scope, isOver)) busy = true
        })
      }
    },
  }
}
