import type { Actor } from '../../kernel/actor.ts'
import type { SessionReader } from '../sessions/session-store.ts'
import type { PushWriter } from './push-store.ts'
import { newPush } from './queue-pushes.ts'

interface Tx {
  readonly sessions: SessionReader
  readonly pushes: PushWriter
}

/**
 * Sends a test to each of the actor's devices.
 * @returns the ledger's lines in which the outcome will stand; a test that is on its way already stands for a second one
 */
export async function queueTests(tx: Tx, { scope, memberId }: Actor, now: number): Promise<string[]> {
  const lines: string[] = []
  for (const session of await tx.sessions.withPush(scope, memberId)) {
    const push = newPush(session, { kind: 'test', topic: 'test' }, now, 0)
    if (await tx.pushes.insert(scope, push)) lines.push(push.id)
  }
  return lines
}
