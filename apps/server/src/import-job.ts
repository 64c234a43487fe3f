import { cleanFileName } from '@parley/contracts/files/file-name'
import { setTimeout as pause } from 'node:timers/promises'
import { createZipOpener } from './adapters/archives/zip-archive.ts'
import type { Storage, StorageTx } from './adapters/storage/contract/storage.ts'
import { forgetMessages, inEveryOrganisation } from './cleaning-jobs.ts'
import type { UploadLocks } from './domains/files/upload-locks.ts'
import { runImport, type RunImportDeps } from './domains/imports/run-import.ts'
import { TakenFiles } from './domains/imports/taken-files.ts'
import type { ImportRecord } from './domains/imports/import.ts'
import { takeBack } from './domains/imports/take-back.ts'
import type { Clock } from './kernel/clock.ts'
import type { OrgScope } from './kernel/org-scope.ts'
import type { RunUseCase } from './kernel/transactions.ts'
import type { FileParts } from './open-files.ts'
import type { Log } from './platform/log/log.ts'
import type { Job } from './platform/run-on-schedule.ts'
import type { FileSweep } from './sweep.ts'

interface Deps {
  readonly storage: Pick<Storage, 'organisations' | 'read'>
  readonly run: RunUseCase<StorageTx>
  readonly clock: Clock
  readonly files: FileParts
  readonly locks: UploadLocks
  readonly sweep: Pick<FileSweep, 'removeBytes'>
  readonly log: Log
}

const EVERY = 30_000
/** Imports of an organisation that are gone on with in one go. */
const AT_ONCE = 5
/** An import gives way to the next after this. */
const SLICE = 20_000

export const openArchive = createZipOpener(cleanFileName)

/** Goes on with the imports of every organisation, each for a while in turn, until none is left. */
export function importJob({ storage, run, clock, files, locks, sweep, log }: Deps): Job {
  const { read } = storage
  const runDeps: RunImportDeps = {
    ...{ run, read, clock, locks, openArchive, pause: async (ms) => pause(ms) },
    taken: new TakenFiles(),
    ...{ vault: files.vault, media: files.media, limits: files.limits },
  }
  const undoDeps = { run, read, forget: forgetMessages, now: () => clock.now() }
  const goOnWith = async (scope: OrgScope, { id, state }: ImportRecord, isOver: () => boolean) => {
    const until = Date.now() + SLICE
    const enough = () => isOver() || Date.now() > until
    if (state !== 'running') runDeps.taken.forget(id)
    if (state === 'running') await runImport(runDeps, scope, id, enough)
    else await takeBack(undoDeps, scope, id, enough)
    await sweep.removeBytes(scope)
  }
  /** @returns whether there may be more to do now: what failed waits for the next run, and holds up no other */
  const goOn = async (scope: OrgScope, isOver: () => boolean): Promise<boolean> => {
    let goesOn = false
    for (const unfinished of await read.imports.unfinished(scope, AT_ONCE)) {
      try {
        await goOnWith(scope, unfinished, isOver)
        goesOn = true
      } catch (error) {
        log.warn({ error, organisationId: scope }, 'an import could not go on; it is tried again')
      }
    }
    return goesOn
  }
  return {
    name: 'imports',
    every: EVERY,
    run: async (isOver) => {
      for (let busy = true; busy && !isOver();) {
        busy = false
        await inEveryOrganisation({ storage, log }, isOver, async (scope) => {
          if (await goOn(scope, isOver)) busy = true
        })
      }
    },
  }
}
