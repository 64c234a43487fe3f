import { createHash } from 'node:crypto'
import type { Actor } from '../../kernel/actor.ts'
import { requireGroupAdmin } from '../conversations/conversation-access.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import { writeNotice } from '../messages/write-notice.ts'
import { recordGroup, type GroupTx } from './record-group.ts'

/**
 * Sets or removes a group's picture; the same one again changes nothing.
 * @param bytes the small square WebP, or null to remove it
 * @throws DomainError not_found, no_longer_in_group, forbidden
 */
export async function setGroupPicture(
  tx: GroupTx,
  actor: Actor,
  conversationId: string,
  bytes: Uint8Array | null,
  now: number,
): Promise<ConversationRecord> {
  const { scope, memberId } = actor
  const before = await requireGroupAdmin(tx.conversations, actor, conversationId)
  const pictureVersion = bytes && createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  if (pictureVersion === before.group.pictureVersion) return before
  if (bytes && pictureVersion) await tx.conversations.setPicture(scope, conversationId, pictureVersion, bytes)
  else await tx.conversations.removePicture(scope, conversationId)
  await tx.conversations.updateGroup(scope, conversationId, { pictureVersion })
  await writeNotice(tx, scope, conversationId, memberId, { what: 'pictured' }, now)
  return recordGroup(tx, scope, conversationId)
}
