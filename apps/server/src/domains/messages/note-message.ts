import { ownMessageId } from '@parley/contracts/messages/own-message-id'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { requireMessage, requirePresentMessage } from './message-access.ts'
import type { MessageRecord } from './message.ts'
import type { MessageReader } from './message-store.ts'
import type { OwnMessageRecord } from './own-message.ts'
import type { OwnMessageWriter } from './own-message-store.ts'
import { presentOwnMessage } from './present-own-message.ts'

interface OwnTx {
  readonly ownMessages: OwnMessageWriter
  readonly changes: ChangeFeedWriter
}

export interface NoteTx extends OwnTx {
  readonly messages: MessageReader
  readonly conversations: ConversationReader
}

/**
 * Stars a message for the actor, or takes the star back. Their devices alone hear of it.
 * @returns the change that tells what holds now, also when nothing is another than before
 * @throws DomainError not_found, also for one that they deleted for themselves; message_deleted
 */
export async function starMessage(
  tx: NoteTx,
  actor: Actor,
  { messageId, starred }: { readonly messageId: string; readonly starred: boolean },
  now: number,
): Promise<ChangeFor<'own-message'>> {
  const message = await (starred ? requirePresentMessage : requireMessage)(tx, actor, messageId, now)
  const [before] = await tx.ownMessages.of(actor.scope, actor.memberId, [messageId])
  if (before?.hidden) throw new DomainError('not_found')
  const starredAt = starred ? (before?.starredAt ?? now) : null
  return note(tx, actor, message, { starredAt, hidden: false })
}

/**
 * Deletes a message for the actor alone, for good; a star on it goes too.
 * @throws DomainError not_found
 */
export async function hideMessage(
  tx: NoteTx,
  actor: Actor,
  messageId: string,
  now: number,
): Promise<ChangeFor<'own-message'>> {
  const message = await requireMessage(tx, actor, messageId, now)
  return note(tx, actor, message, { starredAt: null, hidden: true })
}

async function note(
  tx: OwnTx,
  { scope, memberId }: Actor,
  { id: messageId, conversationId, number }: MessageRecord,
  given: Pick<OwnMessageRecord, 'starredAt' | 'hidden'>,
): Promise<ChangeFor<'own-message'>> {
  const noted = { memberId, messageId, conversationId, number, ...given }
  const isAnything = given.hidden || given.starredAt !== null
  if (isAnything) await tx.ownMessages.put(scope, noted)
  else await tx.ownMessages.remove(scope, memberId, messageId)
  return (await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'own-message',
    id: ownMessageId(conversationId, messageId),
    data: isAnything ? presentOwnMessage(noted) : null,
  })) as ChangeFor<'own-message'>
}

/** Messages go for good, and with them what anybody noted of them. */
export async function forgetNotesOf(
  tx: OwnTx,
  scope: OrgScope,
  messages: readonly MessageRecord[],
): Promise<void> {
  const ids = messages.map(({ id }) => id)
  for (const noted of await tx.ownMessages.on(scope, ids)) await forget(tx, scope, noted)
}

/** Of a message that is deleted for everyone only its line is left: nobody needs to find that again. Who deleted it for themselves does not see the line either. */
export async function forgetStarsOf(tx: OwnTx, scope: OrgScope, message: MessageRecord): Promise<void> {
  for (const noted of await tx.ownMessages.on(scope, [message.id]))
    if (!noted.hidden) await forget(tx, scope, noted)
}

/** Nothing of the conversation is the member's to see any more (Y9). */
export async function forgetNotesIn(
  tx: OwnTx,
  scope: OrgScope,
  memberId: string,
  conversationId: string,
): Promise<void> {
  for (const noted of await tx.ownMessages.inConversation(scope, memberId, conversationId))
    await forget(tx, scope, noted)
}

async function forget(tx: OwnTx, scope: OrgScope, noted: OwnMessageRecord): Promise<void> {
  const { memberId, messageId, conversationId } = noted
  await tx.ownMessages.remove(scope, memberId, messageId)
  await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'own-message',
    id: ownMessageId(conversationId, messageId),
    data: null,
  })
}
