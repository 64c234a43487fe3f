import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import type { SessionRecord } from '../../../domains/sessions/session.ts'
import { AT, makeMember, makeOrganisation, write, type Stage } from './contract-fixture.ts'

export const aSession = (memberId: string, given: Partial<SessionRecord> = {}): SessionRecord => ({
  id: newId(),
  memberId,
  device: 'Chrome on Windows',
  address: '192.0.2.7',
  createdAt: AT,
  lastUsedAt: AT,
  expiresAt: AT + 1_000,
  refreshHash: 'ab'.repeat(32),
  endedAt: null,
  push: null,
  ...given,
})

/** Sessions and links to choose a new password. */
export function sessionsContract(stage: Stage): void {
  test('A session is kept field by field, and changed only in the fields given', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { id: memberId } = await makeMember(stage.storage, scope)
    const session = aSession(memberId)
    await write(stage.storage, scope, (tx) => tx.sessions.insert(scope, session))
    expect(await stage.storage.read.sessions.get(scope, session.id)).toEqual(session)
    expect(await stage.storage.read.sessions.get(scope, newId())).toBeNull()
    const patch = { lastUsedAt: AT + 5, refreshHash: 'cd'.repeat(32), endedAt: AT + 6 }
    await write(stage.storage, scope, (tx) => tx.sessions.update(scope, session.id, patch))
    expect(await stage.storage.read.sessions.get(scope, session.id)).toEqual({ ...session, ...patch })
  })

  test('A member’s sessions that have not ended are listed, newest first', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { id: memberId } = await makeMember(stage.storage, scope)
    const other = await makeMember(stage.storage, scope)
    const middle = aSession(memberId, { createdAt: AT + 2 })
    const newest = aSession(memberId, { createdAt: AT + 3 })
    const oldest = aSession(memberId, { createdAt: AT + 1 })
    await write(stage.storage, scope, async (tx) => {
      for (const session of [middle, newest, oldest]) await tx.sessions.insert(scope, session)
      await tx.sessions.insert(scope, aSession(memberId, { endedAt: AT }))
      await tx.sessions.insert(scope, aSession(other.id))
    })
    expect(await stage.storage.read.sessions.listOf(scope, memberId)).toEqual([newest, middle, oldest])
    await write(stage.storage, scope, (tx) => tx.sessions.update(scope, newest.id, { endedAt: AT }))
    expect(await stage.storage.read.sessions.listOf(scope, memberId)).toEqual([middle, oldest])
    expect(await stage.storage.read.sessions.listOf(scope, newId())).toEqual([])
  })

  test('Sessions that ended or expired before a time are removed', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { id: memberId } = await makeMember(stage.storage, scope)
    const kept = [aSession(memberId, { expiresAt: AT + 50, endedAt: AT + 20 }), aSession(memberId)]
    const removed = [aSession(memberId, { endedAt: AT + 1 }), aSession(memberId, { expiresAt: AT + 2 })]
    await write(stage.storage, scope, async (tx) => {
      for (const session of [...kept, ...removed]) await tx.sessions.insert(scope, session)
      for (const session of [...kept, ...removed]) await tx.sessions.get(scope, session.id)
    })
    await write(stage.storage, scope, (tx) => tx.sessions.removeEndedBefore(scope, AT + 10))
    for (const session of kept)
      expect(await stage.storage.read.sessions.get(scope, session.id)).toEqual(session)
    for (const { id } of removed) expect(await stage.storage.read.sessions.get(scope, id)).toBeNull()
  })

  test('A9: a member has one link to choose a new password at most', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { id: memberId } = await makeMember(stage.storage, scope)
    const reset = () => stage.storage.read.sessions.passwordReset(scope, memberId)
    expect(await reset()).toBeNull()
    const first = { memberId, tokenHash: 'a1', expiresAt: AT }
    const second = { memberId, tokenHash: 'b2', expiresAt: AT + 1 }
    await write(stage.storage, scope, (tx) => tx.sessions.putPasswordReset(scope, first))
    expect(await reset()).toEqual(first)
    await write(stage.storage, scope, (tx) => tx.sessions.putPasswordReset(scope, second))
    expect(await reset()).toEqual(second)
    await write(stage.storage, scope, (tx) => tx.sessions.removePasswordReset(scope, memberId))
    expect(await reset()).toBeNull()
  })
}
