import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { deactivateMember, reactivateMember } from '../members/switch-member.ts'
import { sendMessage } from '../messages/send-message.ts'
import { addToGroup } from './add-to-group.ts'
import { changeGroup, type GroupPatch } from './change-group.ts'
import { createGroup } from './create-group.ts'
import { handOverGroups, takeOverGroups } from './hand-over.ts'
import { leaveGroup } from './leave-group.ts'
import { removeFromGroup } from './remove-from-group.ts'
import { setGroupAdmin } from './set-group-admin.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let sara: Actor
let id: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  sara = await office.join('Sara')
  id = await create(mei, [luca])
})

afterEach(() => office.close())

const create = async (actor: Actor, others: readonly Actor[], name = 'Harbour') => {
  const given = { name, description: '', memberIds: others.map(({ memberId }) => memberId) }
  return (await office.run((tx) => createGroup(tx, actor, given, TEST_NOW))).id
}
const add = (actor: Actor, ...others: readonly Actor[]) =>
  office.run((tx) =>
    addToGroup(
      tx,
      actor,
      id,
      others.map(({ memberId }) => memberId),
      TEST_NOW,
    ),
  )
const change = (actor: Actor, patch: GroupPatch) =>
  office.run((tx) => changeGroup(tx, actor, id, patch, TEST_NOW))
const remove = (actor: Actor, { memberId }: Actor, keepsHistory = true) =>
  office.run((tx) => removeFromGroup(tx, actor, id, { memberId, keepsHistory }, TEST_NOW))
const leave = (actor: Actor) => office.run((tx) => leaveGroup(tx, actor, id, TEST_NOW))
const setAdmin = (actor: Actor, { memberId }: Actor, admin: boolean) =>
  office.run((tx) => setGroupAdmin(tx, actor, id, { memberId, admin }, TEST_NOW))
const say = (actor: Actor, text = 'hello') =>
  office.run((tx) => sendMessage(tx, actor, { id: newId(), conversationId: id, text }, TEST_NOW))

const group = async () => {
  const found = await office.storage.read.conversations.get(office.scope, id)
  if (!found?.group) throw new Error('the group exists')
  return { memberIds: found.memberIds, ...found.group }
}
const notices = async () =>
  (await office.storage.read.messages.page(office.scope, id, { limit: 100 })).flatMap(
    ({ notice, senderId }) => (notice ? [{ by: senderId, ...notice }] : []),
  )

describe('making and changing', () => {
  test('its maker is its first admin, and everybody gains access', async () => {
    expect(await group()).toMatchObject({
      memberIds: [mei.memberId, luca.memberId],
      adminIds: [mei.memberId],
      name: 'Harbour',
      newcomersSeeHistory: true,
    })
    const own = `member:${luca.memberId}` as const
    const entries = await office.storage.read.changes.entriesSince(office.scope, [own], 0, 10)
    expect(entries.at(-1)).toMatchObject({ kind: 'access', id: `conversation:${id}`, gone: false })
    expect(await notices()).toMatchObject([{ by: mei.memberId, what: 'created', name: 'Harbour' }])
  })

  test('nobody makes one with somebody who is not there, or has no access', async () => {
    await office.run((tx) => deactivateMember(tx, amina, luca.memberId, () => Promise.resolve()))
    await expect(create(mei, [luca])).rejects.toMatchObject({ code: 'recipient_gone' })
    await expect(create(mei, [{ ...sara, memberId: newId() }])).rejects.toMatchObject({ code: 'not_found' })
  })

  test('every change leaves a line; what stays the same leaves none', async () => {
    await change(mei, { name: 'Pier', description: 'By the sea', announcementOnly: true })
    const { changes } = await office.storage.transactions.run(office.scope, (tx) =>
      changeGroup(tx, mei, id, { name: 'Pier' }, TEST_NOW),
    )
    expect(changes).toEqual([])
    expect(await group()).toMatchObject({ name: 'Pier', description: 'By the sea', announcementOnly: true })
    expect((await notices()).slice(1)).toMatchObject([
      { what: 'renamed', name: 'Pier' },
      { what: 'described', name: null },
      { what: 'settings', setting: { name: 'announcementOnly', on: true } },
    ])
  })

  test('only its admins change it; A4: to whom it is not it does not exist', async () => {
    await expect(change(luca, { name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(change(amina, { name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await group()).toMatchObject({ name: 'Harbour' })
  })
})

describe('who is in it', () => {
  test('admins add, and others where the group allows it', async () => {
    await expect(add(luca, sara)).rejects.toMatchObject({ code: 'forbidden' })
    await change(mei, { membersMayAdd: true })
    await add(luca, sara, mei)
    expect((await group()).memberIds).toEqual([mei.memberId, luca.memberId, sara.memberId])
    expect((await notices()).at(-1)).toMatchObject({ what: 'added', memberIds: [sara.memberId], count: 1 })
  })

  test('nobody without access is added', async () => {
    await office.run((tx) => deactivateMember(tx, amina, sara.memberId, () => Promise.resolve()))
    await expect(add(mei, sara)).rejects.toMatchObject({ code: 'recipient_gone' })
    await expect(add(mei, { ...sara, memberId: newId() })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('Y9: who is removed can do nothing there any more, and is told why', async () => {
    await remove(mei, luca)
    expect((await group()).memberIds).toEqual([mei.memberId])
    const refusal = { code: 'no_longer_in_group' }
    await expect(say(luca)).rejects.toMatchObject(refusal)
    await expect(add(luca, sara)).rejects.toMatchObject(refusal)
    await expect(leave(luca)).rejects.toMatchObject(refusal)
  })

  test('who is removed without keeping anything finds no group', async () => {
    await remove(mei, luca, false)
    await expect(say(luca)).rejects.toMatchObject({ code: 'not_found' })
    expect(await office.storage.read.conversations.mark(office.scope, id, luca.memberId)).toBeNull()
  })

  test('only admins remove, only who is in it, and nobody themselves', async () => {
    await expect(remove(luca, mei)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(remove(mei, sara)).rejects.toMatchObject({ code: 'not_found' })
    await expect(remove(mei, mei)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('its admins', () => {
  test('are made and unmade by admins, each with a line', async () => {
    await expect(setAdmin(luca, luca, true)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(setAdmin(mei, sara, true)).rejects.toMatchObject({ code: 'not_found' })
    await setAdmin(mei, luca, true)
    await setAdmin(mei, luca, true)
    await setAdmin(luca, mei, false)
    expect((await group()).adminIds).toEqual([luca.memberId])
    expect((await notices()).map(({ what }) => what)).toEqual(['created', 'promoted', 'demoted'])
  })

  test('two who demote each other at once leave one', async () => {
    await setAdmin(mei, luca, true)
    const outcomes = await Promise.allSettled([setAdmin(mei, luca, false), setAdmin(luca, mei, false)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await group()).adminIds).toHaveLength(1)
  })

  test('the last one cannot lay it down, also when another has no access any more', async () => {
    await expect(setAdmin(mei, mei, false)).rejects.toMatchObject({ code: 'last_group_admin' })
    await setAdmin(mei, luca, true)
    await office.run((tx) => deactivateMember(tx, amina, luca.memberId, () => Promise.resolve()))
    await expect(setAdmin(mei, mei, false)).rejects.toMatchObject({ code: 'last_group_admin' })
  })

  test('the last one who leaves hands over to who has been in it longest, and has access', async () => {
    await add(mei, sara)
    await office.run((tx) => deactivateMember(tx, amina, luca.memberId, () => Promise.resolve()))
    await leave(mei)
    expect(await group()).toMatchObject({
      memberIds: [luca.memberId, sara.memberId],
      adminIds: [sara.memberId],
    })
    expect((await notices()).slice(-2)).toMatchObject([
      { what: 'promoted', memberIds: [sara.memberId] },
      { what: 'left', by: mei.memberId },
    ])
  })

  test('the last one whose access is switched off hands over too', async () => {
    await office.run((tx) =>
      deactivateMember(tx, amina, mei.memberId, (_, scope, memberId) =>
        handOverGroups(tx, scope, memberId, TEST_NOW),
      ),
    )
    expect((await group()).adminIds).toEqual([mei.memberId, luca.memberId])
  })

  test('whoever gets access back first is an admin where none has any; nobody else becomes one by coming back', async () => {
    await add(mei, sara)
    const off = ({ memberId: whose }: Actor) =>
      office.run((tx) =>
        deactivateMember(tx, amina, whose, (_, scope, memberId) =>
          handOverGroups(tx, scope, memberId, TEST_NOW),
        ),
      )
    const on = ({ memberId: whose }: Actor) =>
      office.run((tx) =>
        reactivateMember(tx, amina, whose, (_, scope, memberId) =>
          takeOverGroups(tx, scope, memberId, TEST_NOW),
        ),
      )
    for (const one of [luca, sara, mei]) await off(one)
    expect((await group()).adminIds).toEqual([mei.memberId, luca.memberId])
    await on(sara)
    expect((await group()).adminIds).toEqual([mei.memberId, luca.memberId, sara.memberId])
    expect((await notices()).at(-1)).toMatchObject({ what: 'promoted', memberIds: [sara.memberId] })
    await change(sara, { name: 'Pier' })
    await setAdmin(sara, luca, false)
    await on(luca)
    await on(mei)
    expect((await group()).adminIds).toEqual([mei.memberId, sara.memberId])
    expect((await notices()).at(-1)).toMatchObject({ what: 'demoted' })
  })

  test('a group that all have left is nobody’s', async () => {
    await leave(luca)
    await leave(mei)
    expect(await group()).toMatchObject({ memberIds: [], adminIds: [] })
    await expect(say(mei)).rejects.toMatchObject({ code: 'no_longer_in_group' })
    await expect(say(sara)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('writing', () => {
  test('everybody in it writes; where it is for announcements only its admins', async () => {
    await say(luca)
    await change(mei, { announcementOnly: true })
    await expect(say(luca)).rejects.toMatchObject({ code: 'announcement_only' })
    await say(mei)
    await expect(say(sara)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a colleague without access does not keep the others from writing', async () => {
    await office.run((tx) => deactivateMember(tx, amina, luca.memberId, () => Promise.resolve()))
    await say(mei)
  })

  test('Y7: lines and messages share one row of numbers', async () => {
    await Promise.all([say(mei), change(mei, { name: 'Pier' }), say(luca), add(mei, sara)])
    const page = await office.storage.read.messages.page(office.scope, id, { limit: 10 })
    expect(page.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    expect(page.at(-1)?.quiet).toBe(3)
  })

  test('Y6: who was removed after sending still hears that it was sent', async () => {
    const given = { id: newId(), conversationId: id, text: 'hello' }
    const first = await office.run((tx) => sendMessage(tx, luca, given, TEST_NOW))
    await remove(mei, luca)
    expect((await office.run((tx) => sendMessage(tx, luca, given, TEST_NOW))).data).toEqual(first.data)
  })
})
