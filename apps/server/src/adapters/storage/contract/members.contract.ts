import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import { aMember, AT, makeMember, makeOrganisation, oneTo, write, type Stage } from './contract-fixture.ts'

const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
  [...records].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Members, their addresses, pictures and when they were seen. */
export function membersContract(stage: Stage): void {
  recordsContract(stage)
  emailContract(stage)
  besidesContract(stage)
}

function recordsContract(stage: Stage): void {
  test('A member is kept field by field, and changed only in the fields given', async () => {
    const scope = await makeOrganisation(stage.storage)
    const whole = aMember({
      role: 'admin',
      departmentIds: [newId(), newId()],
      statusText: 'In Porto',
      passwordIsTemporary: true,
      pictureVersion: 'v1',
      privacy: { appearOffline: true, hideLastSeen: false, hideSeen: true },
      state: 'deactivated',
    })
    await makeMember(stage.storage, scope, whole)
    expect(await stage.storage.read.members.get(scope, whole.id)).toEqual(whole)
    expect(await stage.storage.read.members.get(scope, newId())).toBeNull()
    const privacy = { appearOffline: false, hideLastSeen: true, hideSeen: false }
    const plain = { departmentIds: [], pictureVersion: null, state: 'active' } as const
    const patch = { ...plain, name: 'Ana Sousa', privacy }
    await write(stage.storage, scope, async (tx) => {
      await tx.members.update(scope, whole.id, patch)
      expect(await tx.members.get(scope, whole.id)).toEqual({ ...whole, ...patch })
    })
    expect(await stage.storage.read.members.get(scope, whole.id)).toEqual({ ...whole, ...patch })
    await write(stage.storage, scope, (tx) => tx.members.update(scope, whole.id, {}))
    expect(await stage.storage.read.members.get(scope, whole.id)).toEqual({ ...whole, ...patch })
  })

  test('The list holds all members, deleted ones too, and follows every change', async () => {
    const scope = await makeOrganisation(stage.storage)
    expect(await stage.storage.read.members.list(scope)).toEqual([])
    const members = [await makeMember(stage.storage, scope), await makeMember(stage.storage, scope)]
    const deleted = await makeMember(stage.storage, scope, { email: '', emailKey: null, state: 'deleted' })
    expect(byId(await stage.storage.read.members.list(scope))).toEqual(byId([...members, deleted]))
    await write(stage.storage, scope, (tx) => tx.members.update(scope, deleted.id, { name: 'Gone' }))
    const names = (await stage.storage.read.members.list(scope)).map(({ name }) => name)
    expect(names.sort()).toEqual(['Ana Lima', 'Ana Lima', 'Gone'])
  })

  test('Only active admins are counted', async () => {
    const scope = await makeOrganisation(stage.storage)
    const admin = await makeMember(stage.storage, scope, { role: 'admin' })
    await makeMember(stage.storage, scope, { role: 'admin', state: 'deactivated' })
    await makeMember(stage.storage, scope, { role: 'manager' })
    expect(await stage.storage.read.members.countActiveAdmins(scope)).toBe(1)
    await write(stage.storage, scope, (tx) => tx.members.update(scope, admin.id, { role: 'member' }))
    expect(await stage.storage.read.members.countActiveAdmins(scope)).toBe(0)
  })
}

function emailContract(stage: Stage): void {
  test('An e-mail is used once in an organisation: email_taken at insert and at update', async () => {
    const scope = await makeOrganisation(stage.storage)
    const ana = await makeMember(stage.storage, scope, { emailKey: 'ana@example.org' })
    const ben = await makeMember(stage.storage, scope)
    const again = makeMember(stage.storage, scope, { emailKey: 'ana@example.org' })
    await expect(again).rejects.toMatchObject({ code: 'email_taken' })
    const change = write(stage.storage, scope, (tx) =>
      tx.members.update(scope, ben.id, { emailKey: 'ana@example.org' }),
    )
    await expect(change).rejects.toMatchObject({ code: 'email_taken' })
    expect(await stage.storage.read.members.get(scope, ben.id)).toEqual(ben)
    expect(await stage.storage.read.members.list(scope)).toHaveLength(2)
    await write(stage.storage, scope, (tx) =>
      tx.members.update(scope, ana.id, { emailKey: 'ana@example.org' }),
    )
  })

  test('T3: of many who take the same e-mail at the same instant one gets it', async () => {
    const scope = await makeOrganisation(stage.storage)
    const outcomes = await Promise.allSettled(
      oneTo(10).map(() => makeMember(stage.storage, scope, { emailKey: 'same@example.org' })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await stage.storage.read.members.list(scope)).toHaveLength(1)
  })

  test('The address of a deleted member is free again', async () => {
    const scope = await makeOrganisation(stage.storage)
    const key = `${newId()}@example.org`
    const ana = await makeMember(stage.storage, scope, { emailKey: key })
    expect(await stage.storage.read.members.findByEmail(scope, key)).toEqual(ana)
    const deleted = { email: '', emailKey: null, state: 'deleted' } as const
    await write(stage.storage, scope, (tx) => tx.members.update(scope, ana.id, deleted))
    expect(await stage.storage.read.members.findByEmail(scope, key)).toBeNull()
    expect(await stage.storage.locator.findEverywhere(key, 10)).toEqual([])
    const next = await makeMember(stage.storage, scope, { emailKey: key })
    expect(await stage.storage.read.members.findByEmail(scope, key)).toEqual(next)
    await makeMember(stage.storage, scope, deleted)
  })

  test('The locator finds an e-mail in every organisation, at most the limit', async () => {
    const scopes = [await makeOrganisation(stage.storage), await makeOrganisation(stage.storage)]
    const key = `${newId()}@example.org`
    const expected: { organisationId: string; memberId: string }[] = []
    for (const scope of scopes) {
      const state = expected.length === 0 ? 'active' : 'deactivated'
      const { id } = await makeMember(stage.storage, scope, { emailKey: key, state })
      expected.push({ organisationId: scope, memberId: id })
    }
    const found = await stage.storage.locator.findEverywhere(key, 10)
    expect(found).toHaveLength(2)
    expect(found).toEqual(expect.arrayContaining(expected))
    expect(await stage.storage.locator.findEverywhere(key, 1)).toHaveLength(1)
    expect(await stage.storage.locator.findEverywhere('nobody@example.org', 10)).toEqual([])
    expect(await stage.storage.locator.isEmpty(), 'with anybody in it, no storage is empty').toBe(false)
  })

  test('The locator puts those who chose their own password before those an admin made', async () => {
    const key = `${newId()}@example.org`
    for (let made = 0; made < 3; made += 1) {
      const scope = await makeOrganisation(stage.storage)
      await makeMember(stage.storage, scope, { emailKey: key, passwordIsTemporary: true })
    }
    const scope = await makeOrganisation(stage.storage)
    const own = await makeMember(stage.storage, scope, { emailKey: key, passwordIsTemporary: false })
    expect(await stage.storage.locator.findEverywhere(key, 2)).toMatchObject([{ memberId: own.id }, {}])
  })
}

function besidesContract(stage: Stage): void {
  test('When members were last seen; one never seen is left out', async () => {
    const scope = await makeOrganisation(stage.storage)
    const [ana, ben] = [await makeMember(stage.storage, scope), await makeMember(stage.storage, scope)]
    const seen = () => stage.storage.read.members.lastSeen(scope, [ana.id, ben.id, newId()])
    expect(await seen()).toEqual(new Map())
    await write(stage.storage, scope, (tx) => tx.members.setLastSeen(scope, new Map([[ana.id, AT]])))
    expect(await seen()).toEqual(new Map([[ana.id, AT]]))
    const later = new Map([[ana.id, AT + 5], [ben.id, AT + 6]]) // prettier-ignore
    await write(stage.storage, scope, (tx) => tx.members.setLastSeen(scope, later))
    expect(await seen()).toEqual(later)
  })

  test('A picture is handed out only in the version that is kept', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { id } = await makeMember(stage.storage, scope)
    const picture = (version: string) => stage.storage.read.members.picture(scope, id, version)
    expect(await picture('v1')).toBeNull()
    const set = (version: string, bytes: Uint8Array) =>
      write(stage.storage, scope, (tx) => tx.members.setPicture(scope, id, version, bytes))
    await set('v1', new Uint8Array([1, 2, 0, 255]))
    expect([...((await picture('v1')) ?? [])]).toEqual([1, 2, 0, 255])
    await set('v2', new Uint8Array([9]))
    expect(await picture('v1')).toBeNull()
    expect([...((await picture('v2')) ?? [])]).toEqual([9])
    await write(stage.storage, scope, (tx) => tx.members.removePicture(scope, id))
    expect(await picture('v2')).toBeNull()
  })
}
