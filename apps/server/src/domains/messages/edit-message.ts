import { EDITS_MAX } from '@parley/contracts/messages/bounds'
import { firstPage } from '@parley/contracts/messages/first-page'
import type { Mentions } from '@parley/contracts/messages/mentions'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { requireEditable } from '../communication/communication-access.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { whoTakesPart } from './compose-extras.ts'
import { requireOwnMessage, type MessageAccessTx } from './message-access.ts'
import type { MessageExtras } from './message.ts'
import type { MessageWriter } from './message-store.ts'
import { presentMessageChange } from './present-message.ts'
import { recordMentions } from './record-mentions.ts'
import { reviseMessage, type ReviseTx } from './revise-message.ts'
import { changeAt } from './without-expired.ts'

export interface EditTx extends ReviseTx, MessageAccessTx {
  readonly organisations: OrganisationReader
  readonly messages: MessageWriter
}

export interface GivenEdit {
  readonly messageId: string
  readonly text: string
  /** Whom it mentions from now on. */
  readonly mentions?: Mentions | undefined
}

/**
 * Changes what an own message says. What it said before is kept for the organisation's admins. The same text again changes nothing.
 * @returns the change that tells it; without an edit the newest one
 * @throws DomainError not_found, forbidden, message_deleted, too_late_to_edit, edited_too_often, no_longer_in_group, recipient_gone, announcement_only
 */
export async function editMessage(
  tx: EditTx,
  actor: Actor,
  { messageId, text, mentions }: GivenEdit,
  now: number,
): Promise<ChangeFor<'message'>> {
  const message = await requireOwnMessage(tx, actor, messageId, now)
  if (message.text === text) return changeAt(presentMessageChange(message), now)
  await requireEditable(tx, actor.scope, message.sentAt, now)
  const edits = await tx.messages.edits(actor.scope, messageId)
  if (edits.length >= EDITS_MAX) throw new DomainError('edited_too_often')
  const conversation = await tx.conversations.get(actor.scope, message.conversationId)
  const mentioned = conversation && whoTakesPart(conversation, mentions)
  const { mentions: _before, linkPreview, ...others } = message.extras ?? {}
  const extras: MessageExtras = {
    ...others,
    ...(mentioned && { mentions: mentioned }),
    ...(linkPreview?.url === firstPage(text) && { linkPreview }),
    editedAt: now,
  }
  const change = await reviseMessage(tx, actor.scope, message, { text, extras })
  await recordMentions(tx, actor.scope, message, message.extras?.mentions, extras.mentions)
  const { seq } = change
  const before = {
    text: message.text,
    ...(message.extras?.mentions && { mentions: message.extras.mentions }),
  }
  await tx.messages.keepEdit(actor.scope, { messageId, seq, ...before, at: now })
  return changeAt(change, now)
}
