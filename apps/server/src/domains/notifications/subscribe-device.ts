import type { PushTarget } from '@parley/contracts/notifications/push'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedReader } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { SessionWriter } from '../sessions/session-store.ts'
import type { PushWriter } from './push-store.ts'

interface Tx {
  readonly sessions: SessionWriter
  readonly pushes: PushWriter
  readonly changes: ChangeFeedReader
}

/**
 * Has the actor's session told by push. A browser belongs to one session, so who was told there before is not any more.
 * @throws DomainError not_signed_in
 */
export async function subscribeDevice(tx: Tx, actor: Actor, push: PushTarget): Promise<void> {
  const { scope, sessionId } = actor
  // it may have ended since the caller was let in (A2)
  if ((await tx.sessions.get(scope, sessionId))?.endedAt !== null) throw new DomainError('not_signed_in')
  for (const session of await tx.sessions.withPush(scope)) {
    if (session.id !== sessionId && session.push?.endpoint === push.endpoint)
      await tx.sessions.update(scope, session.id, { push: null })
  }
  await tx.sessions.update(scope, sessionId, { push })
  // what was written before anybody could be told is nobody's news
  if ((await tx.pushes.followed(scope)) === null)
    await tx.pushes.setFollowed(scope, await tx.changes.head(scope))
}

/** Has the actor's session told no more. */
export async function unsubscribeDevice(tx: Pick<Tx, 'sessions'>, actor: Actor): Promise<void> {
  if (await tx.sessions.get(actor.scope, actor.sessionId))
    await tx.sessions.update(actor.scope, actor.sessionId, { push: null })
}
