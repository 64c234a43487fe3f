import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { deactivateMember } from '../members/switch-member.ts'
import { removeDepartment } from '../members/remove-department.ts'
import { acceptInvite } from './accept-invite.ts'
import { createInvite, renewInvite, revokeInvite } from './create-invite.ts'
import { invitePeople } from './invite-people.ts'

let office: TestOrganisation
let amina: Actor

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
})

afterEach(() => office.close())

const DAY = 24 * 60 * 60 * 1000
const plain = { email: null, role: 'member', departmentIds: [], expiresInDays: 7 } as const
const make = (given: Partial<Parameters<typeof createInvite>[2]> = {}, actor = amina) =>
  office.run((tx) => createInvite(tx, actor, { ...plain, ...given }, TEST_NOW))
const accept = (token: string, name = 'Mei', now = TEST_NOW) =>
  office.run((tx) =>
    acceptInvite(tx, token, { name, email: `${name.toLowerCase()}@test.example`, passwordHash: 'x' }, now),
  )

test('an invited person joins with the role and departments of the invite, once', async () => {
  const [department] = await office.storage.read.departments.list(office.scope)
  const { token, invite } = await make({ role: 'manager', departmentIds: [department?.id ?? ''] })
  const member = await accept(token)
  expect(member).toMatchObject({ role: 'manager', departmentIds: [department?.id] })
  const used = await office.storage.read.invites.get(office.scope, invite.id)
  expect(used).toMatchObject({ state: 'used', usedBy: member.id })
  await expect(accept(token, 'Luca')).rejects.toMatchObject({ code: 'invite_used' })
})

test('A9: of ten people with one link at the same instant exactly one gets in', async () => {
  const { token } = await make()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => accept(token, `Person${String(index)}`)),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.every(({ reason }) => (reason as { code?: string }).code === 'invite_used')).toBe(true)
})

test('an expired, a withdrawn and an unknown link each say so', async () => {
  const { token } = await make()
  await expect(accept(token, 'Mei', TEST_NOW + 7 * DAY)).rejects.toMatchObject({ code: 'invite_expired' })
  const withdrawn = await make()
  await office.run((tx) => revokeInvite(tx, amina, withdrawn.invite.id))
  await expect(accept(withdrawn.token)).rejects.toMatchObject({ code: 'invite_revoked' })
  const tampered = token.slice(0, -4) + (token.endsWith('AAAA') ? 'BBBB' : 'AAAA')
  await expect(accept(tampered)).rejects.toMatchObject({ code: 'invite_unknown' })
})

test('a fresh link ends the old one and starts the time anew', async () => {
  const { token, invite } = await make()
  const later = TEST_NOW + 8 * DAY
  const fresh = await office.run((tx) => renewInvite(tx, amina, invite.id, later))
  expect(fresh.invite.expiresAt).toBe(later + 7 * DAY)
  await expect(accept(token, 'Mei', later)).rejects.toMatchObject({ code: 'invite_unknown' })
  expect(await accept(fresh.token, 'Mei', later)).toMatchObject({ name: 'Mei' })
})

test('A9: nobody gives a role above their own', async () => {
  const manager = await office.join('Rafael', 'manager')
  await expect(make({ role: 'admin' }, manager)).rejects.toMatchObject({ code: 'forbidden' })
})

test('A2, A9: the link of an admin who lost the right to give it does not work, until another admin makes it anew', async () => {
  const adaeze = await office.join('Adaeze', 'admin')
  const { token, invite } = await make({ role: 'admin' }, adaeze)
  await office.run((tx) => deactivateMember(tx, amina, adaeze.memberId, () => Promise.resolve()))
  await expect(accept(token)).rejects.toMatchObject({ code: 'invite_revoked' })
  const fresh = await office.run((tx) => renewInvite(tx, amina, invite.id, TEST_NOW))
  expect(await accept(fresh.token)).toMatchObject({ role: 'admin' })
})

test('an e-mail that is in use is not invited, and cannot be taken when joining', async () => {
  await expect(make({ email: 'amina@test.example' })).rejects.toMatchObject({ code: 'email_taken' })
  const { token, invite } = await make()
  await expect(accept(token, 'Amina')).rejects.toMatchObject({ code: 'email_taken' })
  // the refusal undid everything: the link still works (T4)
  expect((await office.storage.read.invites.get(office.scope, invite.id))?.state).toBe('pending')
})

test('a department removed meanwhile is no reason to turn the person away', async () => {
  const [department] = await office.storage.read.departments.list(office.scope)
  const { token } = await make({ departmentIds: [department?.id ?? ''] })
  await office.run((tx) => removeDepartment(tx, amina, department?.id ?? ''))
  expect((await accept(token)).departmentIds).toEqual([])
})

test('neither the token nor its hash is ever in a change', async () => {
  const { changes, result } = await office.storage.transactions.run(office.scope, (tx) =>
    createInvite(tx, amina, plain, TEST_NOW),
  )
  const told = JSON.stringify(changes)
  expect(told).not.toContain(result.token)
  expect(told).not.toContain(result.invite.tokenHash)
})

test('everybody of a list is invited; who cannot be is told, and keeps nobody else from it', async () => {
  await office.join('Luca')
  const person = (email: string) => ({ email, role: 'member', departmentIds: [] as string[] }) as const
  const people = [
    person('noor@test.example'),
    person('luca@test.example'),
    person('Noor@test.example'),
    { ...person('omar@test.example'), departmentIds: [amina.memberId] },
    ...Array.from({ length: 30 }, (_, index) => person(`one${String(index)}@test.example`)),
  ]
  const invited = await invitePeople((_scope, work) => office.run(work), amina, people, 7, TEST_NOW)
  expect(invited.map(({ email }) => email)).toEqual(people.map(({ email }) => email))
  expect(invited.slice(0, 4).map(({ failure }) => failure)).toEqual([
    null,
    'email_taken',
    'email_taken',
    'not_found',
  ])
  expect(invited.slice(4).every(({ link }) => link !== null)).toBe(true)
  const lines = await office.storage.read.activity.page(office.scope, 0, 100)
  expect(lines.filter(({ action }) => action === 'invite.created')).toHaveLength(31)
  await expect(accept(invited[0]?.link?.token ?? '', 'Noor')).resolves.toMatchObject({ name: 'Noor' })
})
