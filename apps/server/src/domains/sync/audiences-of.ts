import type { Audience } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { idIn, ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MemberReader } from '../members/member-store.ts'

export interface AudienceRead {
  readonly members: MemberReader
  readonly conversations: ConversationReader
}

/** The audiences whose changes the actor may see now, and the conversations among them. */
export interface Visible {
  readonly audiences: readonly Audience[]
  readonly conversationIds: readonly string[]
}

/**
 * The one place that says who sees which audience; its counterpart `membersOf` says it from the other side. Rights are those
 * that stand beside what is read, since the actor may have waited for its turn (A2).
 * @throws DomainError not_signed_in, member_deactivated
 */
export async function audiencesOf(read: AudienceRead, actor: Actor): Promise<Visible> {
  const { scope, memberId } = actor
  const member = await read.members.get(scope, memberId)
  if (member?.state !== 'active') throw new DomainError(member ? 'member_deactivated' : 'not_signed_in')
  const conversationIds = await read.conversations.idsOf(scope, memberId)
  const audiences: Audience[] = ['org', ofMember(memberId)]
  if (member.role === 'admin') audiences.push('admins')
  for (const departmentId of member.departmentIds) audiences.push(`department:${departmentId}`)
  for (const conversationId of conversationIds) audiences.push(ofConversation(conversationId))
  return { audiences, conversationIds }
}

/**
 * The active members who see an audience's changes now; asked at every dispatch, so that lost access is lost at once (A2, Y9).
 * @param seq of the first change: who joined a conversation after it does not hear of it, since it may not be theirs to see
 * @param number of the message that the changes are about: who sees a conversation from a later one on does not hear of it either
 */
export async function membersOf(
  read: AudienceRead,
  scope: OrgScope,
  audience: Audience,
  seq: number,
  number = Infinity,
): Promise<readonly string[]> {
  const conversationId = idIn(audience, 'conversation')
  if (conversationId !== null) return participantsAt(read, scope, conversationId, seq, number)
  const memberId = idIn(audience, 'member')
  if (memberId !== null) return [memberId]
  const departmentId = idIn(audience, 'department')
  const members = (await read.members.list(scope)).filter((member) => member.state === 'active')
  return members
    .filter((member) => {
      if (departmentId !== null) return member.departmentIds.includes(departmentId)
      return audience === 'org' || member.role === 'admin'
    })
    .map((member) => member.id)
}

async function participantsAt(
  { conversations }: AudienceRead,
  scope: OrgScope,
  conversationId: string,
  seq: number,
  number: number,
): Promise<readonly string[]> {
  const conversation = await conversations.get(scope, conversationId)
  if (!conversation) return []
  if (conversation.kind === 'direct') return conversation.memberIds
  const seenByAll = number >= (await conversations.seenByAllFrom(scope, conversationId))
  if (seenByAll && (await conversations.newestJoin(scope, conversationId)) <= seq)
    return conversation.memberIds
  const marks = await conversations.participants(scope, conversationId)
  return marks
    .filter(({ joinedSeq, from }) => joinedSeq <= seq && from <= number)
    .map(({ memberId }) => memberId)
}
