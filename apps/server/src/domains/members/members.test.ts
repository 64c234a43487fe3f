import { emailKey } from '../../kernel/email-key.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeMember } from './change-member.ts'
import { deactivateMember, deleteMember, reactivateMember } from './switch-member.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
})

afterEach(() => office.close())

const nothing = () => Promise.resolve()
const commit = <T>(work: Parameters<typeof office.storage.transactions.run<T>>[1]) =>
  office.storage.transactions.run(office.scope, work)

describe('the last active admin', () => {
  test.each([
    ['demoted', () => office.run((tx) => changeMember(tx, amina, amina.memberId, { role: 'member' }))],
    ['deactivated', () => office.run((tx) => deactivateMember(tx, amina, amina.memberId, nothing))],
    ['deleted', () => office.run((tx) => deleteMember(tx, amina, amina.memberId, nothing))],
  ])('cannot be %s', async (_what, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ code: 'last_admin' })
  })

  test('two admins who demote each other leave one', async () => {
    const other = await office.join('Adaeze', 'admin')
    const outcomes = await Promise.allSettled([
      office.run((tx) => changeMember(tx, amina, other.memberId, { role: 'member' })),
      office.run((tx) => changeMember(tx, other, amina.memberId, { role: 'member' })),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })
})

test('Y9: becoming an admin, and no longer being one, is told to the member', async () => {
  const up = await commit((tx) => changeMember(tx, amina, mei.memberId, { role: 'admin' }))
  const down = await commit((tx) => changeMember(tx, amina, mei.memberId, { role: 'member' }))
  const told = [up, down].map(({ changes }) => changes.find(({ kind }) => kind === 'access'))
  expect(told[0]).toMatchObject({
    audience: `member:${mei.memberId}`,
    data: { audience: 'admins', state: 'gained' },
  })
  expect(told[1]).toMatchObject({
    audience: `member:${mei.memberId}`,
    data: { audience: 'admins', state: 'lost' },
  })
})

test('a deleted member leaves the name, and nothing else of theirs', async () => {
  const { changes } = await commit((tx) => deleteMember(tx, amina, mei.memberId, nothing))
  const shown = changes.find(({ kind }) => kind === 'member')
  expect(shown?.data).toMatchObject({ name: 'Mei', state: 'deleted', statusText: '', departmentIds: [] })
  expect(changes.find(({ kind }) => kind === 'account')?.data).toBeNull()
  const kept = await office.storage.read.members.get(office.scope, mei.memberId)
  expect(kept).toMatchObject({ email: '', passwordHash: '' })
  // the address is free again
  expect(await office.join('Mei')).toBeDefined()
})

test('an admin does not delete themselves', async () => {
  await office.join('Adaeze', 'admin')
  const attempt = office.run((tx) => deleteMember(tx, amina, amina.memberId, nothing))
  await expect(attempt).rejects.toMatchObject({ code: 'forbidden' })
})

test('deactivating and reactivating twice is no fault and no change', async () => {
  await commit((tx) => deactivateMember(tx, amina, mei.memberId, nothing))
  expect((await commit((tx) => deactivateMember(tx, amina, mei.memberId, nothing))).changes).toEqual([])
  await commit((tx) => reactivateMember(tx, amina, mei.memberId, nothing))
  expect((await commit((tx) => reactivateMember(tx, amina, mei.memberId, nothing))).changes).toEqual([])
})

test('A7: no change shows a hash, and only admins and the member see an e-mail', async () => {
  const { changes } = await commit((tx) => changeMember(tx, amina, mei.memberId, { name: 'Mei Lin' }))
  expect(JSON.stringify(changes)).not.toContain('not a hash')
  const withEmail = changes.filter((change) => JSON.stringify(change).includes('mei@test.example'))
  expect(withEmail.map(({ audience }) => audience).sort()).toEqual(['admins', `member:${mei.memberId}`])
})

test.each([
  ['Mei@Test.Example', 'mei@test.example'],
  ['ｍｅｉ@test.example', 'mei@test.example'],
  ['mei@bücher.example', 'mei@xn--bcher-kva.example'],
])('%s counts as %s', (email, key) => {
  expect(emailKey(email)).toBe(key)
})
