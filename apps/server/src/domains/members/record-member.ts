import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import { ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberRecord } from './member.ts'
import type { MemberWriter } from './member-store.ts'
import { presentAccount, presentMember, presentOwnProfile } from './present-member.ts'

export interface MembersTx {
  readonly members: MemberWriter
  readonly changes: ChangeFeedWriter
}

/** For what admins do to members. */
export type AdministrationTx = MembersTx & { readonly activity: ActivityLogWriter }

/** Takes a member down in the feed, for each audience that sees something of them. */
export async function recordMember(tx: MembersTx, scope: OrgScope, member: MemberRecord): Promise<void> {
  const { id } = member
  const gone = member.state === 'deleted'
  await tx.changes.append(scope, { audience: 'org', kind: 'member', id, data: presentMember(member) })
  await tx.changes.append(scope, {
    audience: 'admins',
    kind: 'account',
    id,
    data: gone ? null : presentAccount(member),
  })
  await tx.changes.append(scope, {
    audience: ofMember(id),
    kind: 'own-profile',
    id,
    data: gone ? null : presentOwnProfile(scope, member),
  })
}

/** Tells a member that they now see, or no longer see, what only admins see (Y9). */
export async function recordAdminAccess(
  tx: MembersTx,
  scope: OrgScope,
  memberId: string,
  state: 'gained' | 'lost',
): Promise<void> {
  await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'access',
    id: 'admins',
    data: { audience: 'admins', state },
  })
}
