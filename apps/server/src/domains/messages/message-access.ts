import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { requireWritable } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MemberReader } from '../members/member-store.ts'
import { isDeleted, isExpired } from './message-rules.ts'
import type { MessageRecord } from './message.ts'
import type { MessageReader } from './message-store.ts'

export interface MessageAccessTx {
  readonly messages: MessageReader
  readonly conversations: ConversationReader
  readonly members: MemberReader
}

/**
 * A message that people wrote and that the actor may read now, as participant or as one who was.
 * @param now what has disappeared by then is gone, whether it is deleted yet or not
 * @throws DomainError not_found, also for a foreign one (A4)
 */
export async function requireMessage(
  { messages, conversations }: Pick<MessageAccessTx, 'messages' | 'conversations'>,
  { scope, memberId }: Actor,
  messageId: string,
  now: number,
): Promise<MessageRecord> {
  const message = await messages.get(scope, messageId)
  const mark = message && (await conversations.mark(scope, message.conversationId, memberId))
  const theirs = mark && message.number >= mark.from && message.number <= (mark.kept?.until ?? Infinity)
  if (!theirs || message.notice || isExpired(message, now)) throw new DomainError('not_found')
  return message
}

/** As `requireMessage`, and it was not deleted. @throws DomainError not_found, message_deleted */
export async function requirePresentMessage(
  tx: Pick<MessageAccessTx, 'messages' | 'conversations'>,
  actor: Actor,
  messageId: string,
  now: number,
): Promise<MessageRecord> {
  const message = await requireMessage(tx, actor, messageId, now)
  if (isDeleted(message)) throw new DomainError('message_deleted')
  return message
}

/**
 * An own message, where the actor may still write. What was imported is nobody's own to change.
 * @throws DomainError not_found, forbidden (another's), message_deleted, no_longer_in_group, recipient_gone, announcement_only
 */
export async function requireOwnMessage(
  tx: MessageAccessTx,
  actor: Actor,
  messageId: string,
  now: number,
): Promise<MessageRecord> {
  const message = await requireMessage(tx, actor, messageId, now)
  if (message.senderId !== actor.memberId || message.extras?.imported) throw new DomainError('forbidden')
  await requireWritable(tx, actor, message.conversationId)
  if (isDeleted(message)) throw new DomainError('message_deleted')
  return message
}
