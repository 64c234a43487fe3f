import type { Storage, StorageTx } from './adapters/storage/contract/storage.ts'
import { unlinkFiles } from './domains/files/link-files.ts'
import { forgetQuotesOf, forgetReactionsTo } from './domains/messages/delete-message.ts'
import { purgeImported } from './domains/imports/purge-imported.ts'
import { forgetImported } from './domains/imports/take-back.ts'
import { forgetMentions } from './domains/messages/forget-mentions.ts'
import { forgetNotesOf } from './domains/messages/note-message.ts'
import { forgetPinsOf } from './domains/messages/pin-message.ts'
import { purgeOldFiles } from './domains/retention/purge-old-files.ts'
import { purgeExpiredMessages } from './domains/retention/purge-expired-messages.ts'
import { purgeOldMessages } from './domains/retention/purge-old-messages.ts'
import type { ForgetMessages } from './domains/retention/purge-messages.ts'
import type { Clock } from './kernel/clock.ts'
import { orgScope, type OrgScope } from './kernel/org-scope.ts'
import type { RunUseCase } from './kernel/transactions.ts'
import type { Log } from './platform/log/log.ts'
import type { Job } from './platform/run-on-schedule.ts'
import type { FileSweep } from './sweep.ts'

/** What hangs on messages goes with them; every domain that keeps something of theirs is named here. */
export const forgetMessages: readonly ForgetMessages<StorageTx>[] = [
  async (tx, scope, messages) => {
    for (const message of messages) await unlinkFiles(tx, scope, message)
  },
  forgetMentions,
  forgetQuotesOf,
  forgetReactionsTo,
  forgetImported,
  forgetNotesOf,
  forgetPinsOf,
]

const ORGANISATIONS_AT_ONCE = 100
const RETENTION_EVERY = 10 * 60_000
const DISAPPEARING_EVERY = 60_000

interface Cleaning {
  readonly storage: Storage
  readonly run: RunUseCase<StorageTx>
  readonly clock: Clock
  readonly sweep: Pick<FileSweep, 'removeBytes'>
  readonly log: Log
}

/** Deletes what organisations do not keep any longer. */
function retentionJob(cleaning: Cleaning): Job {
  const { storage, run, clock, sweep } = cleaning
  const deps = { run, read: storage.read, forget: forgetMessages }
  return {
    name: 'retention',
    every: RETENTION_EVERY,
    run: (isOver) =>
      inEveryOrganisation(cleaning, isOver, async (scope) => {
        await purgeOldMessages(deps, scope, clock.now(), isOver)
        await purgeImported({ ...deps, now: () => clock.now() }, scope, isOver)
        await purgeOldFiles({ run, read: storage.read }, scope, clock.now(), isOver)
        await sweep.removeBytes(scope)
      }),
  }
}

/** Deletes messages whose own time has come. */
function disappearingJob(cleaning: Cleaning): Job {
  const { storage, run, clock, sweep } = cleaning
  const deps = { run, read: storage.read, forget: forgetMessages }
  return {
    name: 'disappearing messages',
    every: DISAPPEARING_EVERY,
    run: (isOver) =>
      inEveryOrganisation(cleaning, isOver, async (scope) => {
        if (await purgeExpiredMessages(deps, scope, clock.now(), isOver)) await sweep.removeBytes(scope)
      }),
  }
}

/** Does the same in each organisation in turn. What fails in one is logged, and comes again with the next run: no other waits for it. */
export async function inEveryOrganisation(
  { storage, log }: { readonly storage: Pick<Storage, 'organisations'>; readonly log: Log },
  isOver: () => boolean,
  work: (scope: OrgScope) => Promise<void>,
): Promise<void> {
  for (let after: string | null = null; ;) {
    const ids: string[] = await storage.organisations.idsAfter(after, ORGANISATIONS_AT_ONCE)
    for (const id of ids) {
      if (isOver()) return
      try {
        await work(orgScope(id))
      } catch (error) {
        log.warn({ error, organisationId: id }, 'a job failed in one organisation; it is tried again')
      }
    }
    after = ids.at(-1) ?? null
    if (ids.length < ORGANISATIONS_AT_ONCE) return
  }
}

/** What deletes for good what is over. It finds what is due in what is stored, so that nothing is forgotten by a restart. */
export const cleaningJobs = (cleaning: Cleaning): Job[] => [retentionJob(cleaning), disappearingJob(cleaning)]
