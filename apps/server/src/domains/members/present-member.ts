import type { Account, Member, OwnProfile, Privacy } from '@parley/contracts/members/member'
import { NOTHING_HIDDEN } from '@parley/contracts/members/privacy'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberRecord } from './member.ts'

/** For every colleague. */
export const presentMember = (member: MemberRecord): Member => ({
  id: member.id,
  name: member.name,
  role: member.role,
  departmentIds: [...member.departmentIds],
  statusText: member.statusText,
  pictureVersion: member.pictureVersion,
  state: member.state,
})

/** For admins. */
export const presentAccount = (member: MemberRecord): Account => ({
  id: member.id,
  email: member.email,
  passwordIsTemporary: member.passwordIsTemporary,
  createdAt: member.createdAt,
})

/** For the member alone. */
export const presentOwnProfile = (scope: OrgScope, member: MemberRecord): OwnProfile => ({
  id: member.id,
  organisationId: scope,
  email: member.email,
  passwordIsTemporary: member.passwordIsTemporary,
  privacy: presentPrivacy(member),
})

export function presentPrivacy({ privacy }: Pick<MemberRecord, 'privacy'>): Privacy {
  const { appearOffline, hideLastSeen, hideSeen } = privacy ?? NOTHING_HIDDEN
  return { appearOffline, hideLastSeen, hideSeen }
}
