import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeCommunication } from '../communication/change-communication.ts'
import { addDepartment, renameDepartment } from '../departments/create-department.ts'
import { addToGroup } from '../groups/add-to-group.ts'
import { changeGroup } from '../groups/change-group.ts'
import { createGroup } from '../groups/create-group.ts'
import { leaveGroup } from '../groups/leave-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { setGroupAdmin } from '../groups/set-group-admin.ts'
import { createInvite, renewInvite, revokeInvite } from '../invites/create-invite.ts'
import { changeMember } from '../members/change-member.ts'
import { addMember } from '../members/create-member.ts'
import { removeDepartment } from '../members/remove-department.ts'
import { deactivateMember, deleteMember, reactivateMember } from '../members/switch-member.ts'
import { changeOrganisation } from '../organisations/change-organisation.ts'
import { endMemberSessions, resetMemberPassword } from '../sessions/administer-sessions.ts'
import { verifyActivityLog } from './verify-activity-log.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
})

afterEach(() => office.close())

/** What the log holds, in short: its lines' action and changes. */
async function logged() {
  const lines = await office.storage.read.activity.page(office.scope, 0, 100)
  return lines.map(({ action, changes }) => [action, JSON.parse(changes) as unknown])
}

const nothing = () => Promise.resolve()

test('A11: a change of rules says who, from where, and what was before and after, and of nothing else', async () => {
  await office.run((tx) => changeCommunication(tx, amina, { directChats: 'admins', editWindow: 900 }))
  const [line, ...others] = await office.storage.read.activity.page(office.scope, 0, 10)
  expect(others).toEqual([])
  expect(line).toMatchObject({
    memberId: amina.memberId,
    address: '192.0.2.7',
    device: 'Chrome on Linux',
    action: 'communication.changed',
    about: office.scope,
  })
  expect(JSON.parse(line?.changes ?? '')).toEqual({ directChats: { before: 'everyone', after: 'admins' } })
})

test('A11: a change that is none leaves no line', async () => {
  await office.run((tx) => changeCommunication(tx, amina, { directChats: 'everyone' }))
  await office.run((tx) => changeOrganisation(tx, amina, { name: 'Test Travel' }))
  await office.run((tx) => changeMember(tx, amina, mei.memberId, { role: 'member' }))
  expect(await logged()).toEqual([])
})

test('A11: what an admin does to members, departments and invites is there, without secrets', async () => {
  const given = { email: 'x@test.example', role: 'member', departmentIds: [] } as const
  const { id } = await office.run(async (tx) => {
    const fields = { ...given, name: 'X', passwordHash: 'secret hash', passwordIsTemporary: true }
    const member = await addMember(tx, amina, fields, TEST_NOW)
    await changeMember(tx, amina, member.id, { role: 'manager' })
    await endMemberSessions(tx, amina, member.id, TEST_NOW)
    await resetMemberPassword(tx, amina, { memberId: member.id, hash: 'secret hash' }, TEST_NOW)
    await deactivateMember(tx, amina, member.id, nothing)
    await reactivateMember(tx, amina, member.id, nothing)
    await deleteMember(tx, amina, member.id, nothing)
    const department = await addDepartment(tx, amina, 'Night desk')
    await renameDepartment(tx, amina, department.id, 'Late desk')
    await removeDepartment(tx, amina, department.id)
    const { invite } = await createInvite(tx, amina, { ...given, email: null, expiresInDays: 7 }, TEST_NOW)
    await renewInvite(tx, amina, invite.id, TEST_NOW)
    await revokeInvite(tx, amina, invite.id)
    await changeOrganisation(tx, amina, { name: 'Other Travel' })
    return member
  })
  const lines = await logged()
  expect(lines.map(([action]) => action)).toEqual([
    'member.created',
    'member.changed',
    'member.sessions-ended',
    'member.password-reset',
    'member.deactivated',
    'member.reactivated',
    'member.deleted',
    'department.created',
    'department.renamed',
    'department.removed',
    'invite.created',
    'invite.renewed',
    'invite.revoked',
    'organisation.changed',
  ])
  expect(lines[1]?.[1]).toEqual({ role: { before: 'member', after: 'manager' } })
  expect(lines[8]?.[1]).toEqual({ name: { before: 'Night desk', after: 'Late desk' } })
  const all = await office.storage.read.activity.page(office.scope, 0, 100)
  expect(all.slice(0, 7).map(({ about }) => about)).toEqual(Array.from({ length: 7 }, () => id))
  expect(JSON.stringify(all)).not.toContain('secret')
  expect(JSON.stringify(all)).not.toContain('tokenHash')
})

test('A11: who is in a group and who runs it is there, but not what people call it', async () => {
  await office.run(async (tx) => {
    const given = { name: 'Surprise party', description: '', memberIds: [mei.memberId] }
    const { id } = await createGroup(tx, amina, given, TEST_NOW)
    await addToGroup(tx, amina, id, [luca.memberId], TEST_NOW)
    await changeGroup(tx, amina, id, { announcementOnly: true, name: 'Secret party' }, TEST_NOW)
    await changeGroup(tx, amina, id, { name: 'Another party' }, TEST_NOW)
    await setGroupAdmin(tx, amina, id, { memberId: mei.memberId, admin: true }, TEST_NOW)
    const removal = { memberId: luca.memberId, keepsHistory: true }
    await removeFromGroup(tx, amina, id, removal, TEST_NOW)
    await leaveGroup(tx, mei, id, TEST_NOW)
  })
  expect(await logged()).toEqual([
    ['group.created', { members: { before: 0, after: 2 } }],
    ['group.members-added', { memberIds: { before: null, after: [luca.memberId] } }],
    ['group.changed', { announcementOnly: { before: false, after: true } }],
    ['group.admin-changed', { [mei.memberId]: { before: false, after: true } }],
    ['group.member-removed', { memberId: { before: luca.memberId, after: null } }],
    ['group.left', {}],
  ])
  expect(JSON.stringify(await logged())).not.toContain('party')
})

test('A11: a change whose line cannot be taken down does not happen', async () => {
  const attempt = office.run((tx) => {
    const activity = { ...tx.activity, append: () => Promise.reject(new Error('disk full')) }
    const { organisations, changes } = tx
    return changeCommunication({ organisations, changes, activity }, amina, { directChats: 'admins' })
  })
  await expect(attempt).rejects.toThrow('disk full')
  const { communication } = (await office.storage.read.organisations.get(office.scope)) ?? {}
  expect(communication).toBeNull()
  expect((await verifyActivityLog(office.storage.read.activity, office.scope)).lines).toBe(0)
})
