import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { MessageRecord } from '../messages/message.ts'
import { purgeMessages, type ForgetMessages } from '../retention/purge-messages.ts'
import type { ImportReader } from './import-store.ts'
import { removeUpload } from './run-import.ts'
import type { ImportTx } from './start-import.ts'

export interface TakeBackDeps<T extends ImportTx> {
  readonly run: RunUseCase<T>
  readonly read: { readonly imports: ImportReader; readonly messages: MessageReader }
  readonly forget: readonly ForgetMessages<T>[]
  readonly now: () => number
}

/** Messages of one transaction. */
const BATCH = 200

/** Goes on taking an import back until nothing of it is left, or it is over. */
export async function takeBack<T extends ImportTx>(
  deps: TakeBackDeps<T>,
  scope: OrgScope,
  importId: string,
  isOver: () => boolean,
): Promise<void> {
  for (;;) {
    const more = await deps.run(scope, (tx) => takeBackSome(deps, tx, scope, importId))
    if (!more || isOver()) return
  }
}

/** @returns whether there may be more */
async function takeBackSome<T extends ImportTx>(
  deps: TakeBackDeps<T>,
  tx: T,
  scope: OrgScope,
  importId: string,
): Promise<boolean> {
  const record = await tx.imports.get(scope, importId)
  if (record?.state !== 'undoing') return false
  const reason = { why: 'undone', days: null, memberId: record.undoneBy } as const
  const by = { forget: deps.forget, now: deps.now() }
  const numbers = await tx.imports.numbersOf(scope, importId, 1, BATCH)
  const messages = await messagesAt(tx.messages, scope, record.conversationId, numbers)
  // what was deleted since is forgotten as well, or it would be looked for for ever
  if (numbers.length > 0) await tx.imports.forget(scope, importId, numbers)
  if (messages.length > 0) await purgeMessages(tx, scope, messages, reason, by)
  if (numbers.length > 0) return true
  const line = await tx.messages.get(scope, record.noticeId)
  if (line) await purgeMessages(tx, scope, [line], reason, by)
  await tx.imports.update(scope, importId, { state: 'undone', endedAt: deps.now() })
  await removeUpload(tx, scope, record)
  return false
}

/** Messages by their numbers, which rise; what came between them is passed over. */
export async function messagesAt(
  messages: MessageReader,
  scope: OrgScope,
  conversationId: string,
  numbers: readonly number[],
): Promise<MessageRecord[]> {
  const wanted = new Set(numbers)
  const until = numbers.at(-1) ?? 0
  const found: MessageRecord[] = []
  for (let from = numbers[0] ?? 1; from <= until;) {
    const some = await messages.pageFrom(scope, conversationId, { from, until, limit: BATCH })
    found.push(...some.filter(({ number }) => wanted.has(number)))
    const last = some.at(-1)
    if (!last || some.length < BATCH) break
    from = last.number + 1
  }
  return found
}

/** Of messages that go for good it is forgotten that they were imported: the same may come again. */
export async function forgetImported(
  tx: ImportTx,
  scope: OrgScope,
  messages: readonly MessageRecord[],
): Promise<void> {
  const numbers = new Map<string, number[]>()
  for (const { number, extras } of messages) {
    const importId = extras?.imported?.importId
    if (importId !== undefined) numbers.set(importId, [...(numbers.get(importId) ?? []), number])
  }
  for (const [importId, gone] of numbers) await tx.imports.forget(scope, importId, gone)
}
