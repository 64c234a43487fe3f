import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { requireMayCreateGroup } from '../communication/communication-access.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import { requireActiveMember } from '../members/member-access.ts'
import { writeNotice } from '../messages/write-notice.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { recordAccess, recordGroup, type GroupTx } from './record-group.ts'

export interface GivenGroup {
  readonly name: string
  readonly description: string
  /** Besides its maker. */
  readonly memberIds: readonly string[]
}

/**
 * A new group, with its maker as its admin.
 * @throws DomainError not_found, recipient_gone (whose access is switched off), group_not_allowed
 */
export async function createGroup(
  tx: GroupTx & { readonly organisations: OrganisationReader },
  actor: Actor,
  given: GivenGroup,
  now: number,
): Promise<ConversationRecord> {
  const { scope } = actor
  await requireMayCreateGroup(tx, actor)
  const others = new Set(given.memberIds)
  others.delete(actor.memberId)
  for (const memberId of others) await requireActiveMember(tx.members, scope, memberId)
  const conversation: ConversationRecord = {
    id: newId(),
    kind: 'group',
    memberIds: [actor.memberId, ...others],
    createdBy: actor.memberId,
    createdAt: now,
    group: {
      name: given.name,
      description: given.description,
      pictureVersion: null,
      adminIds: [actor.memberId],
      announcementOnly: false,
      membersMayAdd: false,
      newcomersSeeHistory: true,
    },
  }
  await tx.conversations.insert(scope, conversation)
  await recordGroup(tx, scope, conversation.id)
  for (const memberId of conversation.memberIds) {
    await recordAccess(tx, scope, memberId, conversation.id, 'gained')
  }
  const notice = { what: 'created', name: given.name } as const
  await writeNotice(tx, scope, conversation.id, actor.memberId, notice, now)
  const changes = { members: { before: 0, after: conversation.memberIds.length } }
  await tx.activity.append(scope, { actor, action: 'group.created', about: conversation.id, changes })
  return conversation
}
