import { setImmediate } from 'node:timers/promises'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { communicationOf } from '../communication/communication.ts'
import { purgeMessages } from '../retention/purge-messages.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { MessageRecord } from '../messages/message.ts'
import type { ImportTx } from './start-import.ts'
import { messagesAt, type TakeBackDeps } from './take-back.ts'

const DAY = 24 * 60 * 60 * 1000
const BATCH = 200
const IMPORTS_AT_ONCE = 100

type Deps<T extends ImportTx> = TakeBackDeps<T> & {
  readonly read: TakeBackDeps<T>['read'] & { readonly organisations: OrganisationReader }
}

/**
 * Deletes imported messages that are older than the organisation keeps messages. They were sent before what stands above them, so that
 * `purgeOldMessages`, which goes by the order of numbers, does not come to them in time.
 */
export async function purgeImported<T extends ImportTx>(
  deps: Deps<T>,
  scope: OrgScope,
  isOver: () => boolean,
): Promise<void> {
  let after: string | null = null
  for (;;) {
    const ids: string[] = await deps.read.imports.idsAfter(scope, after, IMPORTS_AT_ONCE)
    for (const id of ids) {
      for (;;) {
        // by the rule of this moment: it may have changed since the last look
        const { messageRetention: days } = await communicationOf(deps.read.organisations, scope)
        if (days === null || isOver()) return
        const due = await dueOf(deps, scope, id, deps.now() - days * DAY)
        if (due.length === 0) break
        await deps.run(scope, (tx) => purge(deps, tx, scope, due, days))
      }
    }
    after = ids.at(-1) ?? null
    if (ids.length < IMPORTS_AT_ONCE) return
  }
}

async function dueOf<T extends ImportTx>(
  { read }: Deps<T>,
  scope: OrgScope,
  importId: string,
  before: number,
): Promise<MessageRecord[]> {
  const { conversationId = '' } = (await read.imports.get(scope, importId)) ?? {}
  for (let from = 1; ;) {
    const numbers = await read.imports.numbersOf(scope, importId, from, BATCH)
    const messages = await messagesAt(read.messages, scope, conversationId, numbers)
    const due = messages.filter(({ sentAt }) => sentAt < before)
    if (due.length > 0 || numbers.length < BATCH) return due
    from = (numbers.at(-1) ?? from) + 1
    // an import may be long, and nobody waits for this
    await setImmediate()
  }
}

async function purge<T extends ImportTx>(
  { forget, now }: Deps<T>,
  tx: T,
  scope: OrgScope,
  due: readonly MessageRecord[],
  days: number,
): Promise<void> {
  const organisation = await tx.organisations.get(scope)
  const memberId = organisation?.communication?.retentionSetBy ?? null
  const present = await tx.messages.getMany(
    scope,
    due.map(({ id }) => id),
  )
  const messages = present.sort((a, b) => a.number - b.number)
  if (messages.length > 0)
    await purgeMessages(tx, scope, messages, { why: 'retention', days, memberId }, { forget, now: now() })
}
