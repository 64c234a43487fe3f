import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findMongod, startMongoReplicaSet } from '../../../scripts/services.mjs'
import { fileKind, type Allowed, type Communication } from '@parley/contracts/communication/communication'
import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import { markId } from '@parley/contracts/conversations/mark-id'
import { newFileId } from '@parley/contracts/files/file-id'
import type { Role } from '@parley/contracts/kernel/permission'
import { sendMessage as sendEvent } from '@parley/contracts/messages/events'
import { type RouteName, routes } from '@parley/contracts/routes'
import type { Storage } from './adapters/storage/contract/storage.ts'
import { orSkipLoudly, testServer, type TestServer } from './adapters/storage/mongodb/mongo-fixture.ts'
import { openMongoStorage } from './adapters/storage/mongodb/open-mongo-storage.ts'
import { sendMessage } from './domains/messages/send-message.ts'
import { newId } from './kernel/ids.ts'
import { orgScope } from './kernel/org-scope.ts'
import { call, listen, PNG, send, succeed, type Input, type Listener } from './tenant-wall/call.ts'
import { startApp, type RunningApp } from './tenant-wall/running-app.ts'
import { announceFile, SAMPLE_BYTES, sendBytes, uploadFile } from './tenant-wall/sample-files.ts'
import { makeWorld, PASSWORD, type Person, type World } from './tenant-wall/world.ts'

/**
 * Every rule of communication, for every role, on every path that leads there: over HTTP and sockets, as any program could call, on both
 * engines. What is refused is refused with the reason that people are told.
 */

const ROLES: readonly Role[] = ['admin', 'manager', 'member']
const LETS: Readonly<Record<Allowed, readonly Role[]>> = {
  everyone: ROLES,
  managers: ['admin', 'manager'],
  admins: ['admin'],
  nobody: [],
}
const SECOND = 1_000

const mongod = orSkipLoudly(await findMongod())
let server: TestServer | undefined
afterAll(() => server?.stop())

describe('On SQLite', () => rules())
describe.skipIf(!mongod)('On MongoDB', () =>
  rules(async () => {
    server = testServer(await startMongoReplicaSet())
    return openMongoStorage({ url: server.databaseUrl() })
  }),
)

let app: RunningApp
let world: World
let sockets: Readonly<Record<Role, Listener>>

function rules(open?: () => Promise<Storage>): void {
  beforeAll(async () => {
    app = await startApp(open && { storage: await open() })
    world = await makeWorld(app.base, 'Here')
    const { admin, manager, member } = world.people
    const listeners = await Promise.all([admin, manager, member].map(({ token }) => listen(app.base, token)))
    sockets = Object.fromEntries(ROLES.map((role, at) => [role, listeners[at]])) as typeof sockets
  }, 120_000)
  afterAll(async () => {
    for (const one of Object.values(sockets)) one.close()
    await app.stop()
  })
  beforeEach(() => set(DEFAULT_COMMUNICATION))
  directChats()
  groupCreation()
  fileSharing()
  windows()
  hiding()
}

const set = (body: Partial<Communication>) =>
  succeed(app.base, 'changeCommunication', { body }, world.people.admin.token)

/** The code of the refusal; null when it was done. */
async function attempt(name: RouteName, input: Input, { token }: Person): Promise<string | null> {
  return codeOf((await call(app.base, routes[name], input, token)).body)
}

const codeOf = (answer: unknown) => (answer as { error?: { code: string } } | undefined)?.error?.code ?? null

async function newcomer(): Promise<Person> {
  const { admin } = world.people
  const { token } = await succeed(app.base, 'createInvite', { body: { role: 'member' } }, admin.token)
  const id = newId()
  const email = `${id}@wall.example`
  const body = { token, name: `New ${id}`, email, password: PASSWORD, transport: 'token' } as const
  const { memberId, sessionId, tokens } = await succeed(app.base, 'acceptInvite', { body }, null)
  return { memberId, sessionId, email, token: tokens?.accessToken ?? '', refreshToken: '' }
}

/** Puts somebody into departments. */
const place = (memberId: string, departmentIds: string[]) =>
  succeed(
    app.base,
    'changeMember',
    { params: { memberId }, body: { departmentIds } },
    world.people.admin.token,
  )

function directChats(): void {
  const start = (role: Role, { memberId }: Person) =>
    attempt('startDirectConversation', { body: { memberId } }, world.people[role])

  test.each(ROLES)('Who may start chats: %s', async (role) => {
    const { departments } = await departmentsOf()
    const [first = '', second = ''] = departments
    const [one, colleague, third] = [await newcomer(), await newcomer(), await newcomer()]
    const refused = role === 'admin' ? null : 'direct_not_allowed'
    await place(world.people[role].memberId, [first])
    await place(one.memberId, [second])
    await place(colleague.memberId, [second, first])
    await set({ directChats: 'admins' })
    if (refused) expect(await start(role, one), 'admins alone').toBe(refused)
    await set({ directChats: 'same-department' })
    if (refused) expect(await start(role, one), 'of another department').toBe(refused)
    expect(await start(role, colleague), 'of the same department').toBeNull()
    await set({ directChats: 'admins' })
    expect(await start(role, colleague), 'a chat that there is').toBeNull()
    expect(await start(role, third), 'admins alone').toBe(refused)
    await set({ directChats: 'everyone' })
    expect(await start(role, one), 'everyone').toBeNull()
  })
}

async function departmentsOf(): Promise<{ departments: string[] }> {
  const { changes } = await succeed(app.base, 'load', {}, world.people.admin.token)
  return { departments: changes.filter(({ kind }) => kind === 'department').map(({ id }) => id) }
}

function groupCreation(): void {
  test.each(['everyone', 'managers', 'admins'] as const)('Who may create groups: %s', async (allowed) => {
    await set({ groupCreation: allowed })
    for (const role of ROLES) {
      const body = { name: 'Harbour', memberIds: [world.other.memberId] }
      const made = await attempt('createGroup', { body }, world.people[role])
      expect(made, role).toBe(LETS[allowed].includes(role) ? null : 'group_not_allowed')
    }
  })
}

function fileSharing(): void {
  const announced = (role: Role, kind: (typeof fileKind.options)[number] = 'document', size = 10) => {
    const type = kind === 'picture' ? 'image/png' : 'text/plain'
    const body = { id: newFileId(), name: 'one.bin', size, type, kind }
    return attempt('createFile', { body }, world.people[role])
  }
  const bySocket = async (role: Role, files: string[]) => {
    const payload = { id: newId(), conversationId: world.talkOf[role], text: '', files }
    return codeOf(await send(sockets[role], sendEvent, payload))
  }
  const byRequest = (role: Role, files: string[], more = {}) => {
    const body = { id: newId(), text: '', files, ...more }
    return attempt(
      'sendMessageByRequest',
      { params: { conversationId: world.talkOf[role] }, body },
      world.people[role],
    )
  }

  test.each(Object.keys(LETS) as Allowed[])('Who may share files: %s', async (allowed) => {
    const { spare, talkOf, people } = world
    for (const role of ROLES) {
      const { token } = people[role]
      // begun, uploaded and seen in a chat, while it was allowed
      const begun = await announceFile(app.base, token)
      await sendBytes(app.base, token, begun, SAMPLE_BYTES)
      const own = await uploadFile(app.base, token)
      const theirs = await uploadFile(app.base, spare.token)
      const sent = { id: newId(), text: '', files: [theirs] }
      await succeed(
        app.base,
        'sendMessageByRequest',
        { params: { conversationId: talkOf[role] }, body: sent },
        spare.token,
      )
      await set({ fileSharing: allowed })
      const outcome = LETS[allowed].includes(role) ? null : 'files_not_allowed'
      expect(await announced(role), `${role} announces`).toBe(outcome)
      const finishing = { params: { fileId: begun }, body: {} }
      expect(await attempt('finishFile', finishing, people[role]), `${role} finishes`).toBe(outcome)
      expect(await byRequest(role, [own]), `${role} sends`).toBe(outcome)
      expect(await bySocket(role, [own]), `${role} sends by socket`).toBe(outcome)
      expect(await byRequest(role, [theirs], { forwardOf: sent.id }), `${role} passes on`).toBe(outcome)
      expect(await byRequest(role, [], { text: 'words', files: undefined }), `${role} writes`).toBeNull()
      await set(DEFAULT_COMMUNICATION)
    }
  })

  test.each(fileKind.options)('Files that may not be shared, by admins either: %s', async (kind) => {
    await set({ fileKinds: fileKind.options.filter((other) => other !== kind) })
    for (const role of ROLES) {
      expect(await announced(role, kind), role).toBe('file_kind_not_allowed')
      for (const other of fileKind.options.filter((one) => one !== kind))
        expect(await announced(role, other), `${role} ${other}`).toBeNull()
    }
  })

  test('What only says that it is of an allowed kind is refused when its bytes are known', async () => {
    const { token } = world.people.member
    const fileId = await announceFile(app.base, token, { bytes: PNG, name: 'notes.png', kind: 'picture' })
    await sendBytes(app.base, token, fileId, PNG)
    await set({ fileKinds: ['document'] })
    const finishing = { params: { fileId }, body: {} }
    expect(await attempt('finishFile', finishing, world.people.member)).toBe('file_kind_not_allowed')
    const own = await (async () => {
      await set(DEFAULT_COMMUNICATION)
      const id = await uploadFile(app.base, token)
      await set({ fileKinds: ['picture'] })
      return id
    })()
    expect(await byRequest('member', [own])).toBe('file_kind_not_allowed')
    expect(await bySocket('member', [own])).toBe('file_kind_not_allowed')
  })

  test.each(ROLES)('Files larger than allowed: %s', async (role) => {
    await set({ fileMaxBytes: 2_000_000 })
    expect(await announced(role, 'document', 2_000_000)).toBeNull()
    expect(await announced(role, 'document', 2_000_001)).toBe('file_too_large')
  })
}

function windows(): void {
  const sentBefore = async (role: Role, age: number): Promise<string> => {
    const scope = orgScope(world.organisationId)
    const { memberId, sessionId } = world.people[role]
    const about = { role, passwordIsTemporary: false, device: '', address: '' }
    const given = { id: newId(), conversationId: world.talkOf[role], text: 'as it was' }
    await app.storage.transactions.run(scope, (tx) =>
      sendMessage(tx, { scope, memberId, sessionId, ...about }, given, Date.now() - age),
    )
    return given.id
  }

  test.each([
    [null, 300 * 24 * 3600 * SECOND, true],
    [0, 0, false],
    [3600, 60 * SECOND, true],
    [3600, 3601 * SECOND, false],
  ])('With %s seconds, what was sent %s ms ago can be edited and deleted: %s', async (window, age, may) => {
    for (const role of ROLES) {
      await set({ editWindow: window, deleteWindow: null })
      const edited = { params: { messageId: await sentBefore(role, age) }, body: { text: 'other words' } }
      const who = world.people[role]
      expect(await attempt('editMessage', edited, who), role).toBe(may ? null : 'too_late_to_edit')
      await set({ editWindow: null, deleteWindow: window })
      const deleted = { params: { messageId: await sentBefore(role, age) } }
      expect(await attempt('deleteMessage', deleted, who), role).toBe(may ? null : 'too_late_to_delete')
    }
  })
}

function hiding(): void {
  const forbidding = {
    hideSeen: { seenMarks: 'required' },
    hideLastSeen: { lastSeenHiding: false },
    appearOffline: { appearingOffline: false },
  } as const
  const wishes = Object.keys(forbidding) as (keyof typeof forbidding)[]

  test.each(wishes)('What may be kept from others: %s', async (wish) => {
    await set(forbidding[wish])
    for (const role of ROLES) {
      for (const other of wishes) {
        const refused = other === wish ? 'hiding_not_allowed' : null
        const hidden = await attempt('changePrivacy', { body: { [other]: true } }, world.people[role])
        expect(hidden, `${role} ${other}`).toBe(refused)
      }
      const shown = { appearOffline: false, hideLastSeen: false, hideSeen: false }
      expect(await attempt('changePrivacy', { body: shown }, world.people[role])).toBeNull()
    }
  })

  test.each(ROLES)(
    'What is read once nothing may be hidden is told, whatever was chosen: %s',
    async (role) => {
      const { people, spare, talkOf } = world
      const conversationId = talkOf[role]
      await succeed(app.base, 'changePrivacy', { body: { hideSeen: true } }, people[role].token)
      const params = { conversationId }
      const writeAndRead = async () => {
        const body = { id: newId(), text: 'Have you read this?' }
        const { number } = await succeed(app.base, 'sendMessageByRequest', { params, body }, spare.token)
        const marks = { delivered: number, seen: number }
        await succeed(app.base, 'raiseMarksOf', { params, body: marks }, people[role].token)
        return number
      }
      const told = async () => {
        const { changes } = await succeed(app.base, 'load', {}, spare.token)
        const mark = changes.find(
          ({ kind, id }) => kind === 'mark' && id === markId(conversationId, people[role].memberId),
        )
        return (mark?.data as { seen: number } | undefined)?.seen
      }
      const hidden = await writeAndRead()
      expect((await told()) ?? 0).toBeLessThan(hidden)
      await set({ seenMarks: 'required' })
      const shown = await writeAndRead()
      expect(await told()).toBe(shown)
      await set(DEFAULT_COMMUNICATION)
      await succeed(app.base, 'changePrivacy', { body: { hideSeen: false } }, people[role].token)
    },
  )
}
