import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { Actor } from '../../kernel/actor.ts'
import { requireMember } from '../members/member-access.ts'
import type { MembersTx } from '../members/record-member.ts'
import { setPassword } from './change-password.ts'
import { endAllSessions } from './end-session.ts'
import type { SessionWriter } from './session-store.ts'

type Tx = MembersTx & { readonly sessions: SessionWriter; readonly activity: ActivityLogWriter }

/** An admin ends every session of a member. @throws DomainError not_found */
export async function endMemberSessions(tx: Tx, actor: Actor, memberId: string, now: number): Promise<void> {
  const { scope } = actor
  await requireMember(tx.members, scope, memberId)
  await endAllSessions(tx, scope, memberId, now)
  await tx.activity.append(scope, { actor, action: 'member.sessions-ended', about: memberId })
}

/** An admin gives a member a password that has to be changed at the next sign-in. @throws DomainError not_found */
export async function resetMemberPassword(
  tx: Tx,
  actor: Actor,
  { memberId, hash }: { readonly memberId: string; readonly hash: string },
  now: number,
): Promise<void> {
  const { scope } = actor
  await setPassword(tx, scope, memberId, { hash, isTemporary: true }, now)
  await tx.activity.append(scope, { actor, action: 'member.password-reset', about: memberId })
}
