import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import type { InviteRecord } from '../../../domains/invites/invite.ts'
import { AT, makeMember, makeOrganisation, oneTo, write, type Stage } from './contract-fixture.ts'

export const anInvite = (createdBy: string, given: Partial<InviteRecord> = {}): InviteRecord => ({
  id: newId(),
  tokenHash: 'ef'.repeat(32),
  email: 'new@example.org',
  role: 'member',
  departmentIds: [newId()],
  createdBy,
  createdAt: AT,
  expiresAt: AT + 1_000,
  state: 'pending',
  usedBy: null,
  usedAt: null,
  ...given,
})

/** Invites (A9). */
export function invitesContract(stage: Stage): void {
  test('An invite is kept field by field, and changed only in the fields given', async () => {
    const scope = await makeOrganisation(stage.storage)
    const admin = await makeMember(stage.storage, scope)
    const [invite, bare] = [anInvite(admin.id), anInvite(admin.id, { email: null, departmentIds: [] })]
    await write(stage.storage, scope, async (tx) => {
      await tx.invites.insert(scope, invite)
      await tx.invites.insert(scope, bare)
    })
    expect(await stage.storage.read.invites.get(scope, invite.id)).toEqual(invite)
    expect(await stage.storage.read.invites.get(scope, bare.id)).toEqual(bare)
    expect(await stage.storage.read.invites.get(scope, newId())).toBeNull()
    const patch = { state: 'used', usedBy: admin.id, usedAt: AT + 1 } as const
    await write(stage.storage, scope, (tx) => tx.invites.update(scope, invite.id, patch))
    expect(await stage.storage.read.invites.get(scope, invite.id)).toEqual({ ...invite, ...patch })
    const other = await makeMember(stage.storage, scope)
    const fresh = { tokenHash: '01'.repeat(32), createdBy: other.id, createdAt: AT + 2, expiresAt: AT + 3 }
    await write(stage.storage, scope, (tx) => tx.invites.update(scope, bare.id, fresh))
    expect(await stage.storage.read.invites.get(scope, bare.id)).toEqual({ ...bare, ...fresh })
    const many = await stage.storage.read.invites.getMany(scope, [bare.id, newId(), invite.id])
    expect(many.map(({ id }) => id).sort()).toEqual([invite.id, bare.id].sort())
  })

  test('A9: of many who use one invite at the same instant one succeeds', async () => {
    const scope = await makeOrganisation(stage.storage)
    const admin = await makeMember(stage.storage, scope)
    const invite = anInvite(admin.id)
    await write(stage.storage, scope, (tx) => tx.invites.insert(scope, invite))
    const use = (usedAt: number) =>
      write(stage.storage, scope, async (tx) => {
        if ((await tx.invites.get(scope, invite.id))?.state !== 'pending') return false
        await tx.invites.update(scope, invite.id, { state: 'used', usedBy: admin.id, usedAt })
        return true
      })
    const outcomes = await Promise.all(oneTo(20).map(use))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    const winner = outcomes.indexOf(true) + 1
    expect(await stage.storage.read.invites.get(scope, invite.id)).toMatchObject({
      state: 'used',
      usedAt: winner,
    })
  })
}
