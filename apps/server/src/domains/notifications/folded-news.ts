import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { isDeleted, isExpired } from '../messages/message-rules.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { MessageRecord } from '../messages/message.ts'
import type { PushReader } from './push-store.ts'
import { LIFETIME, LONGEST_ASKED, type PushRecord } from './push.ts'

/** Of a chat the newest messages are looked through for one that can be told, and for mentions. */
export const LOOKED_THROUGH = 20
/** Lines of the ledger in which what a device still shows is looked for. */
export const LEDGER_LOOKED_THROUGH = 40

/** Whether there is anything in a message that a member could be told of. */
export const isTellable = (message: MessageRecord, memberId: string, now: number): boolean =>
  message.senderId !== memberId &&
  message.notice === null &&
  message.extras?.imported === undefined &&
  !isDeleted(message) &&
  !isExpired(message, now)

/**
 * Until when a push is worth something. What was folded into it while it waited has a time of its own, which is looked for where that may
 * matter before the next attempt.
 */
export async function worthUntil(
  read: { readonly messages: MessageReader; readonly pushes: PushReader },
  scope: OrgScope,
  push: PushRecord,
  now: number,
): Promise<number> {
  const { kind, expiresAt } = push
  if (kind === 'test' || expiresAt > now + LONGEST_ASKED) return expiresAt
  const newest =
    kind === 'message'
      ? await lastSent(read.messages, scope, push, now)
      : await lastWithdrawn(read.pushes, scope, push)
  return Math.max(expiresAt, newest + LIFETIME[kind])
}

/** When the newest of a chat's messages was sent of which a push could tell; 0 without one. */
async function lastSent(
  messages: MessageReader,
  scope: OrgScope,
  { topic, memberId }: PushRecord,
  now: number,
): Promise<number> {
  const page = await messages.page(scope, topic, { limit: LOOKED_THROUGH })
  return page.findLast((message) => isTellable(message, memberId, now))?.sentAt ?? 0
}

/** When something that a device shows was last taken back; 0 where nothing was. */
async function lastWithdrawn(
  pushes: PushReader,
  scope: OrgScope,
  { sessionId, memberId }: PushRecord,
): Promise<number> {
  const lines = await pushes.listOf(scope, memberId, LEDGER_LOOKED_THROUGH)
  const withdrawn = lines.filter((line) => line.sessionId === sessionId && line.state === 'withdrawn')
  return Math.max(0, ...withdrawn.map(({ at }) => at))
}

interface NewsRead {
  readonly conversations: ConversationReader
  readonly pushes: PushReader
}

/**
 * How far what a push tells of has got: a chat's messages, or what was taken back. It only rises. What comes while a push is under way finds it queued
 * still, and gets none of its own.
 */
export async function newsOf(
  { conversations, pushes }: NewsRead,
  scope: OrgScope,
  push: PushRecord,
): Promise<number> {
  if (push.kind === 'message') return conversations.lastNumber(scope, push.topic)
  return push.kind === 'withdrawal' ? lastWithdrawn(pushes, scope, push) : 0
}
