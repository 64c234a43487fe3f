import { fileKind, type Allowed, type Communication } from '@parley/contracts/communication/communication'
import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import type { Role } from '@parley/contracts/kernel/permission'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { createGroup } from '../groups/create-group.ts'
import { changeCommunication } from './change-communication.ts'
import {
  requireDeletable,
  requireEditable,
  requireMayExport,
  requireMayShareFile,
} from './communication-access.ts'
import { communicationOf } from './communication.ts'

const ROLES: readonly Role[] = ['admin', 'manager', 'member']

let office: TestOrganisation
let actors: Record<Role, Actor>
let colleague: Actor

beforeEach(async () => {
  office = await openTestOrganisation()
  actors = {
    admin: await office.join('Amina', 'admin'),
    manager: await office.join('Mei', 'manager'),
    member: await office.join('Luca'),
  }
  colleague = await office.join('Sara')
})

afterEach(() => office.close())

const set = (patch: Partial<Communication>) =>
  office.run((tx) => changeCommunication(tx, actors.admin, patch))

/** The code of the refusal; null when it is done. */
const outcome = (doing: Promise<unknown>) =>
  doing.then(
    () => null,
    (error: unknown) => Reflect.get(error as object, 'code') as string,
  )

const startDirect = (actor: Actor) =>
  outcome(office.run((tx) => startDirectConversation(tx, actor, colleague.memberId, TEST_NOW)))

const moveTo = async (actor: Actor, departmentIds: string[]) =>
  office.run((tx) => tx.members.update(office.scope, actor.memberId, { departmentIds }))

/** Which roles a rule lets in, as people read it. */
const LETS: Readonly<Record<Allowed, readonly Role[]>> = {
  everyone: ROLES,
  managers: ['admin', 'manager'],
  admins: ['admin'],
  nobody: [],
}

test('Everything is as people know it until an admin says otherwise', async () => {
  expect(await communicationOf(office.storage.read.organisations, office.scope)).toEqual(
    DEFAULT_COMMUNICATION,
  )
  for (const role of ROLES) expect(await startDirect(actors[role]), role).toBeNull()
})

test('A change of one rule leaves the others, and is one change for everybody', async () => {
  await set({ directChats: 'admins' })
  const { changes } = await office.storage.transactions.run(office.scope, (tx) =>
    changeCommunication(tx, actors.admin, { messageRetention: 90 }),
  )
  const rules = { ...DEFAULT_COMMUNICATION, directChats: 'admins', messageRetention: 90 }
  expect(changes).toMatchObject([{ audience: 'org', kind: 'communication', id: office.scope, data: rules }])
  expect(await communicationOf(office.storage.read.organisations, office.scope)).toEqual(rules)
})

describe('Who may start a chat', () => {
  test.each(ROLES)('with admins alone: %s', async (role) => {
    await set({ directChats: 'admins' })
    expect(await startDirect(actors[role])).toBe(role === 'admin' ? null : 'direct_not_allowed')
  })

  test.each(ROLES)('within a department: %s', async (role) => {
    await set({ directChats: 'same-department' })
    const [first, second] = await office.storage.read.departments.list(office.scope)
    if (!first || !second) throw new Error('there are departments')
    expect(await startDirect(actors[role]), 'of none').toBe(role === 'admin' ? null : 'direct_not_allowed')
    await moveTo(actors[role], [first.id])
    await moveTo(colleague, [second.id])
    expect(await startDirect(actors[role]), 'of others').toBe(role === 'admin' ? null : 'direct_not_allowed')
    await moveTo(colleague, [second.id, first.id])
    expect(await startDirect(actors[role]), 'of one').toBeNull()
  })

  test('A chat that there is stays open to both, whatever the rule', async () => {
    await startDirect(actors.member)
    await set({ directChats: 'admins' })
    expect(await startDirect(actors.member)).toBeNull()
  })
})

describe.each(['everyone', 'managers', 'admins'] as const)('Who may create groups: %s', (groupCreation) => {
  test.each(ROLES)('%s', async (role) => {
    await set({ groupCreation })
    const given = { name: 'Harbour', description: '', memberIds: [colleague.memberId] }
    const made = await outcome(office.run((tx) => createGroup(tx, actors[role], given, TEST_NOW)))
    expect(made).toBe(LETS[groupCreation].includes(role) ? null : 'group_not_allowed')
  })
})

describe.each(Object.entries(LETS) as [Allowed, readonly Role[]][])('Allowed to %s', (allowed, roles) => {
  test.each(ROLES)('sharing files and exporting chats: %s', async (role) => {
    await set({ fileSharing: allowed, chatExport: allowed })
    const { read } = office.storage
    const file = { kind: 'picture', bytes: 1000 } as const
    const lets = roles.includes(role)
    expect(await outcome(requireMayShareFile(read, actors[role], file))).toBe(
      lets ? null : 'files_not_allowed',
    )
    expect(await outcome(requireMayExport(read, actors[role]))).toBe(lets ? null : 'export_not_allowed')
  })
})

test.each(fileKind.options)('Files of a kind and size are refused, also to admins: %s', async (kind) => {
  const { read } = office.storage
  const share = (bytes: number) => outcome(requireMayShareFile(read, actors.admin, { kind, bytes }))
  await set({ fileMaxBytes: 2_000_000 })
  expect(await share(2_000_000)).toBeNull()
  expect(await share(2_000_001)).toBe('file_too_large')
  await set({ fileKinds: fileKind.options.filter((other) => other !== kind) })
  expect(await share(1)).toBe('file_kind_not_allowed')
})

test.each([
  [null, 1e12, true],
  [0, 0, false],
  [60, 59_999, true],
  [60, 60_000, false],
])('With a window of %s seconds, what is %s ms old can be changed: %s', async (window, age, may) => {
  await set({ editWindow: window, deleteWindow: window })
  const { read } = office.storage
  const edit = requireEditable(read, office.scope, TEST_NOW, TEST_NOW + age)
  const remove = requireDeletable(read, office.scope, TEST_NOW, TEST_NOW + age)
  expect(await outcome(edit)).toBe(may ? null : 'too_late_to_edit')
  expect(await outcome(remove)).toBe(may ? null : 'too_late_to_delete')
})
