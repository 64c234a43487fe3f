import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StorageTx } from '../../adapters/storage/contract/storage.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { testExchange, unused } from '../../testing/test-exchange.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { deactivateMember } from '../members/switch-member.ts'
import { removeDepartment } from '../members/remove-department.ts'
import { acceptInvite } from './accept-invite.ts'
import { createInvite, renewInvite, revokeInvite } from './create-invite.ts'
import { inviteRoutes } from './invites.http.ts'
import { invitePeople, type InvitedPerson } from './invite-people.ts'

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
  const person = (email: string) =>
    ({ id: newId(), email, role: 'member', departmentIds: [] as string[] }) as const
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

test('Y6: a list that is sent again invites nobody twice, and its links work', async () => {
  const people = ['noor@test.example', 'omar@test.example'].map(
    (email) => ({ id: newId(), email, role: 'member', departmentIds: [] }) as const,
  )
  const invite = (actor = amina, list: readonly InvitedPerson[] = people) =>
    invitePeople((_scope, work) => office.run(work), actor, list, 7, TEST_NOW)
  const [first] = await invite()
  const again = await invite()
  expect(again.map(({ link }) => link?.invite.id)).toEqual(people.map(({ id }) => id))
  const lines = await office.storage.read.activity.page(office.scope, 0, 100)
  expect(lines.filter(({ action }) => action === 'invite.created')).toHaveLength(2)
  await expect(accept(first?.link?.token ?? '', 'Noor')).rejects.toMatchObject({ code: 'invite_unknown' })
  await expect(accept(again[0]?.link?.token ?? '', 'Noor')).resolves.toMatchObject({ name: 'Noor' })
  // who has joined meanwhile is told; with an id that is somebody else's, nothing is done
  expect((await invite()).map(({ failure }) => failure)).toEqual(['invite_used', null])
  const other = await office.join('Adaeze', 'admin')
  expect((await invite(other)).map(({ failure }) => failure)).toEqual(['id_taken', 'id_taken'])
  const renamed = people.map((person) => ({ ...person, email: 'else@test.example' })).slice(1)
  expect((await invite(amina, renamed)).map(({ failure }) => failure)).toEqual(['id_taken'])
})

test('A10: a list counts for as many as are on it', async () => {
  const taken: unknown[] = []
  const { invitePeople: ask } = inviteRoutes({
    run: <T>(_scope: unknown, work: (tx: StorageTx) => Promise<T>) => office.run(work),
    ...{ read: office.storage.read, sendInvite: null, clock: { now: () => TEST_NOW } },
    passwords: { hash: unused, matches: unused, pretend: unused, refuseWeak: unused },
    accessTokens: { sign: unused, verify: unused },
    rateLimits: { take: (...given: unknown[]) => void taken.push(given) },
  })
  const people = ['noor@test.example', 'omar@test.example'].map((email) => ({
    id: newId(),
    email,
    role: 'member' as const,
    departmentIds: [],
  }))
  const body = { people, expiresInDays: 7 as const, send: false }
  await ask({ ...testExchange, actor: amina, params: undefined, query: undefined, body })
  expect(taken).toEqual([['invited', 'member', amina.memberId, 2]])
})
