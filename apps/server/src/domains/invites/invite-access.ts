import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { readSecretToken } from '../../kernel/secret-token.ts'
import { mayGiveRole } from '../members/member.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { InviteRecord } from './invite.ts'
import type { InviteReader } from './invite-store.ts'

/** An invite of this organisation. @throws DomainError not_found */
export async function requireInvite(
  invites: InviteReader,
  scope: OrgScope,
  inviteId: string,
): Promise<InviteRecord> {
  const invite = await invites.get(scope, inviteId)
  if (!invite) throw new DomainError('not_found')
  return invite
}

/** The organisation an invitation link names. @throws DomainError invite_unknown */
export function scopeOfInviteToken(token: string): OrgScope {
  const parsed = readSecretToken(token)
  if (!parsed) throw new DomainError('invite_unknown')
  return parsed.scope
}

/**
 * The invite that a link opens, if it still does. A link that was replaced by a fresh one is unknown.
 * @throws DomainError invite_unknown, invite_used, invite_expired, invite_revoked
 */
export async function requireOpenInvite(
  { invites, members }: { readonly invites: InviteReader; readonly members: MemberReader },
  token: string,
  now: number,
): Promise<InviteRecord> {
  const parsed = readSecretToken(token)
  const invite = parsed && (await invites.get(parsed.scope, parsed.entityId))
  if (!parsed || invite?.tokenHash !== parsed.hash) throw new DomainError('invite_unknown')
  if (invite.state === 'used') throw new DomainError('invite_used')
  if (invite.state === 'revoked') throw new DomainError('invite_revoked')
  if (invite.expiresAt <= now) throw new DomainError('invite_expired')
  const inviter = await members.get(parsed.scope, invite.createdBy)
  // what somebody could not give any more, their link does not give either (A2, A9)
  if (inviter?.state !== 'active' || !mayGiveRole(inviter.role, invite.role))
    throw new DomainError('invite_revoked')
  return invite
}
