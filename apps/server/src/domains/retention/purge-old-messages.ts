import { setImmediate } from 'node:timers/promises'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { communicationOf } from '../communication/communication.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { GroupTx } from '../groups/record-group.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { purgeMessages, type ForgetMessages } from './purge-messages.ts'

const DAY = 24 * 60 * 60 * 1000
/** Messages in one transaction: small enough that nobody who sends waits for it. */
const BATCH = 200
const CONVERSATIONS_AT_ONCE = 100

type Tx = GroupTx & { readonly organisations: OrganisationReader }

export interface PurgeDeps<T extends Tx> {
  readonly run: RunUseCase<T>
  readonly read: {
    readonly organisations: OrganisationReader
    readonly conversations: ConversationReader
    readonly messages: MessageReader
  }
  readonly forget: readonly ForgetMessages<T>[]
}

/**
 * Deletes what is older than the organisation keeps messages, oldest first, in small transactions. It remembers nothing between them: what is due is
 * read from what is there, so it goes on after a restart as if nothing had happened.
 * @param isOver asked between batches; when it says so, the rest waits for the next time
 */
export async function purgeOldMessages<T extends Tx>(
  deps: PurgeDeps<T>,
  scope: OrgScope,
  now: number,
  isOver: () => boolean,
): Promise<void> {
  const { messageRetention } = await communicationOf(deps.read.organisations, scope)
  if (messageRetention === null) return
  let after: string | null = null
  for (;;) {
    const ids: string[] = await deps.read.conversations.idsAfter(scope, after, CONVERSATIONS_AT_ONCE)
    for (const id of ids) {
      while (!isOver() && (await isDue(deps, scope, id, now)))
        await deps.run(scope, (tx) => purgeBatch(deps, tx, scope, id, now))
      if (isOver()) return
    }
    after = ids.at(-1) ?? null
    if (ids.length < CONVERSATIONS_AT_ONCE) return
    await setImmediate()
  }
}

/** Looked at without a transaction: nearly every conversation has nothing due. The rule may have changed since the last look. */
async function isDue<T extends Tx>({ read }: PurgeDeps<T>, scope: OrgScope, id: string, now: number) {
  const { messageRetention: days } = await communicationOf(read.organisations, scope)
  if (days === null) return false
  const [oldest] = await read.messages.pageFrom(scope, id, { from: 1, until: Infinity, limit: 1 })
  return oldest !== undefined && oldest.sentAt < now - days * DAY
}

/** The rule is read again: it may have changed since. */
async function purgeBatch<T extends Tx>(
  { forget }: PurgeDeps<T>,
  tx: T,
  scope: OrgScope,
  conversationId: string,
  now: number,
): Promise<void> {
  const { messageRetention: days } = await communicationOf(tx.organisations, scope)
  if (days === null) return
  const oldest = await tx.messages.pageFrom(scope, conversationId, { from: 1, until: Infinity, limit: BATCH })
  const end = oldest.findIndex(({ sentAt }) => sentAt >= now - days * DAY)
  const due = end === -1 ? oldest : oldest.slice(0, end)
  const organisation = await tx.organisations.get(scope)
  const memberId = organisation?.communication?.retentionSetBy ?? null
  await purgeMessages(tx, scope, due, { why: 'retention', days, memberId }, { forget, now })
}
