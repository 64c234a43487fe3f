import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { GroupTx } from '../groups/record-group.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { MessageRecord } from '../messages/message.ts'
import { purgeMessages, type ForgetMessages } from './purge-messages.ts'

/** So many messages of one transaction. */
const BATCH = 200
const EXPIRED = { why: 'expired', days: null, memberId: null } as const

export interface PurgeExpiredDeps<T extends GroupTx> {
  readonly run: RunUseCase<T>
  readonly read: { readonly messages: MessageReader }
  readonly forget: readonly ForgetMessages<T>[]
}

/**
 * Deletes messages whose own time has come, the most overdue first, in small transactions. Nothing is remembered between them.
 * @param isOver asked between batches; when it says so, the rest waits for the next time
 * @returns whether anything was deleted
 */
export async function purgeExpiredMessages<T extends GroupTx>(
  { run, read, forget }: PurgeExpiredDeps<T>,
  scope: OrgScope,
  now: number,
  isOver: () => boolean,
): Promise<boolean> {
  let any = false
  // looked at without a transaction: in nearly every organisation nothing is due
  while (!isOver() && (await read.messages.expired(scope, now, 1)).length > 0) {
    await run(scope, async (tx) => {
      const due = await tx.messages.expired(scope, now, BATCH)
      for (const messages of byConversation(due))
        await purgeMessages(tx, scope, messages, EXPIRED, { forget, now })
    })
    any = true
  }
  return any
}

/** Each conversation's, in the order of their numbers. */
function byConversation(messages: readonly MessageRecord[]): MessageRecord[][] {
  const groups = Map.groupBy(messages, ({ conversationId }) => conversationId)
  return [...groups.values()].map((group) => group.sort((a, b) => a.number - b.number))
}
