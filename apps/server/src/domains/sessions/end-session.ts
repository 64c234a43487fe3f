import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { ended } from './session.ts'
import type { SessionWriter } from './session-store.ts'

interface Tx {
  readonly sessions: SessionWriter
}

/** Ends one session of this member. @throws DomainError not_found, also for somebody else's session */
export async function endSession(
  tx: Tx,
  scope: OrgScope,
  memberId: string,
  sessionId: string,
  now: number,
): Promise<void> {
  const session = await tx.sessions.get(scope, sessionId)
  if (session?.memberId !== memberId || session.endedAt !== null) throw new DomainError('not_found')
  await tx.sessions.update(scope, sessionId, ended(now))
}

/** Ends every session of a member, but for `exceptId`. @returns the ids of those that ended */
export async function endAllSessions(
  tx: Tx,
  scope: OrgScope,
  memberId: string,
  now: number,
  exceptId?: string,
): Promise<string[]> {
  const sessions = (await tx.sessions.listOf(scope, memberId)).filter((session) => session.id !== exceptId)
  for (const session of sessions) await tx.sessions.update(scope, session.id, ended(now))
  return sessions.map((session) => session.id)
}
