import { emptiedQuote } from '@parley/contracts/messages/quote-now'
import { reactionId } from '@parley/contracts/messages/reaction-id'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireDeletable } from '../communication/communication-access.ts'
import { requireReadable } from '../conversations/conversation-access.ts'
import type { ConversationWriter } from '../conversations/conversation-store.ts'
import { presentKept } from '../conversations/present-conversation.ts'
import type { FileWriter } from '../files/file-store.ts'
import { unlinkFiles } from '../files/link-files.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { requireMessage, type MessageAccessTx } from './message-access.ts'
import { messagesAsKept } from './message-as-kept.ts'
import { isDeleted } from './message-rules.ts'
import { newestSeqOf, type MessageRecord } from './message.ts'
import type { MessageWriter } from './message-store.ts'
import { forgetMentions } from './forget-mentions.ts'
import { forgetPinsOf } from './pin-message.ts'
import { presentMessage, presentMessageChange } from './present-message.ts'
import { forgetStarsOf } from './note-message.ts'
import type { OwnMessageWriter } from './own-message-store.ts'
import type { ReactionWriter } from './reaction-store.ts'
import { reviseMessage, type ReviseTx } from './revise-message.ts'

export interface DeleteTx extends ReviseTx, MessageAccessTx {
  readonly conversations: ConversationWriter
  readonly organisations: OrganisationReader
  readonly messages: MessageWriter
  readonly files: FileWriter
  readonly reactions: ReactionWriter
  readonly ownMessages: OwnMessageWriter
}

/**
 * Deletes a message for everyone: a line remains that says so. Its sender may, and in a group an admin of it, within the
 * organisation's window. Once more changes nothing.
 * @returns the change that tells it
 * @throws DomainError not_found, no_longer_in_group, forbidden (another's), too_late_to_delete
 */
export async function deleteMessage(
  tx: DeleteTx,
  actor: Actor,
  messageId: string,
  now: number,
): Promise<ChangeFor<'message'>> {
  const { scope, memberId } = actor
  const message = await requireMessage(tx, actor, messageId, now)
  const { group } = await requireReadable(tx.conversations, actor, message.conversationId)
  if (message.senderId !== memberId && !group?.adminIds.includes(memberId)) throw new DomainError('forbidden')
  if (isDeleted(message)) return presentMessageChange(message)
  await requireDeletable(tx, scope, message.sentAt, now)
  return eraseMessage(tx, scope, message, now)
}

/**
 * Takes away all that a message was: words, earlier words, files, whom it mentions, and what others quote of it. Who keeps a group that
 * they have left is told too, since nothing of it is to remain anywhere.
 */
async function eraseMessage(
  tx: DeleteTx,
  scope: OrgScope,
  message: MessageRecord,
  now: number,
): Promise<ChangeFor<'message'>> {
  // what came with an import stays known as such: it moved nobody's marks, and goes when the import is taken back
  const { imported } = message.extras ?? {}
  const extras = { deletedAt: now, ...(imported && { imported }) }
  const change = await reviseMessage(tx, scope, message, { text: '', extras })
  await tx.messages.forgetEdits(scope, message.id)
  await forgetReactionsTo(tx, scope, [message])
  await forgetStarsOf(tx, scope, message)
  await unlinkFiles(tx, scope, message)
  await forgetMentions(tx, scope, [message])
  await forgetQuotesOf(tx, scope, [message])
  await forgetPinsOf(tx, scope, [message])
  await tellThoseWhoLeft(tx, scope, message)
  return change
}

/** Messages go, and with them what was said to them without words. That they go is told before, so that nothing of that stays in the feed. */
export async function forgetReactionsTo(
  tx: Pick<DeleteTx, 'reactions' | 'changes'>,
  scope: OrgScope,
  messages: readonly MessageRecord[],
): Promise<void> {
  const messageIds = messages.map(({ id }) => id)
  const said = Map.groupBy(await tx.reactions.to(scope, messageIds), (one) => one.conversationId)
  await tx.reactions.forgetTo(scope, messageIds)
  for (const [conversationId, reactions] of said) {
    const ids = reactions.map((one) => reactionId(one.messageId, one.memberId))
    await tx.changes.forget(scope, ofConversation(conversationId), 'reaction', ids)
  }
}

/** Messages go for good: what others quote of them goes too. */
export async function forgetQuotesOf(
  tx: ReviseTx,
  scope: OrgScope,
  messages: readonly MessageRecord[],
): Promise<void> {
  const going = new Set(messages.map(({ id }) => id))
  for (const { id } of messages) {
    for (const reply of await tx.messages.repliesTo(scope, id))
      if (!going.has(reply.id)) await emptyQuote(tx, scope, reply)
  }
}

async function emptyQuote(tx: ReviseTx, scope: OrgScope, reply: MessageRecord): Promise<void> {
  const quote = reply.extras?.replyTo
  if (!quote || quote.kind === 'deleted') return
  const extras = { ...reply.extras, replyTo: emptiedQuote(quote) }
  await reviseMessage(tx, scope, reply, { text: reply.text, extras })
  await tellThoseWhoLeft(tx, scope, reply)
}

/** What they keep begins anew on their devices, and is read again from here. */
async function tellThoseWhoLeft(
  tx: ReviseTx,
  scope: OrgScope,
  { conversationId, number }: MessageRecord,
): Promise<void> {
  const conversation = await tx.conversations.get(scope, conversationId)
  if (!conversation?.group) return
  for (const { memberId, from, kept } of await tx.conversations.formerParticipants(scope, conversationId)) {
    if (!kept || number < from || number > kept.until) continue
    const stored = await tx.messages.page(scope, conversationId, { before: kept.until + 1, from, limit: 1 })
    const [last] = await messagesAsKept(tx.messages, scope, stored, kept.until)
    const told = last ? { seq: newestSeqOf(last), message: presentMessage(last) } : null
    await tx.changes.append(scope, {
      audience: ofMember(memberId),
      kind: 'conversation',
      id: conversationId,
      data: presentKept(conversation, kept.name, told),
    })
  }
}
