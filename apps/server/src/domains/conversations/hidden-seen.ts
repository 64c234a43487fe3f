import { hiddenOf, NOTHING_HIDDEN } from '@parley/contracts/members/privacy'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { communicationOf } from '../communication/communication.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { MemberRecord } from '../members/member.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

export interface HidingRead {
  readonly organisations: OrganisationReader
  readonly members: MemberReader
}

/** Tells of members whether they keep to themselves what they have read (Y11); then they are not told it of others either. */
export async function seenHiders(
  { organisations }: Pick<HidingRead, 'organisations'>,
  scope: OrgScope,
): Promise<(member: Pick<MemberRecord, 'privacy'> | null) => boolean> {
  const rules = await communicationOf(organisations, scope)
  return (member) => hiddenOf(member?.privacy ?? NOTHING_HIDDEN, rules).hideSeen
}

/** Whether one of these members does so. */
export async function isSeenHidden(
  read: HidingRead,
  scope: OrgScope,
  memberIds: readonly string[],
): Promise<boolean> {
  const hides = await seenHiders(read, scope)
  for (const memberId of memberIds) if (hides(await read.members.get(scope, memberId))) return true
  return false
}

/** Whether a member does not want to be seen here. */
export async function appearsOffline(read: HidingRead, scope: OrgScope, memberId: string): Promise<boolean> {
  const member = await read.members.get(scope, memberId)
  if (!member?.privacy?.appearOffline) return false
  return hiddenOf(member.privacy, await communicationOf(read.organisations, scope)).appearOffline
}
