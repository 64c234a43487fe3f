import { firstPage } from '@parley/contracts/messages/first-page'
import type { LinkPreview } from '@parley/contracts/messages/link-preview'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { communicationOf } from '../communication/communication.ts'
import { isExpired } from '../messages/message-rules.ts'
import type { MessageWriter } from '../messages/message-store.ts'
import { reviseMessage, type ReviseTx } from '../messages/revise-message.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

export interface AttachTx extends ReviseTx {
  readonly organisations: OrganisationReader
  readonly messages: MessageWriter
}

/**
 * Puts a preview to the message that it was fetched for, unless something has come between: the message is gone, says something else, or
 * has it by now, or the organisation wishes no more of them. It is no edit: nobody wrote anything.
 * @returns the change that tells it; null where nothing was changed
 */
export async function attachPreview(
  tx: AttachTx,
  scope: OrgScope,
  messageId: string,
  linkPreview: LinkPreview,
  now: number,
): Promise<ChangeFor<'message'> | null> {
  const { linkPreviews } = await communicationOf(tx.organisations, scope)
  const message = linkPreviews ? await tx.messages.get(scope, messageId) : null
  if (!message || isExpired(message, now)) return null
  const { text, extras } = message
  // what was deleted says nothing any more
  if (firstPage(text) !== linkPreview.url || extras?.linkPreview?.url === linkPreview.url) return null
  return reviseMessage(tx, scope, message, { text, extras: { ...extras, linkPreview } })
}
