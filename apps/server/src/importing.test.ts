import type { ChatImport } from '@parley/contracts/imports/chat-import'
import type { ErrorCode } from '@parley/contracts/kernel/error-codes'
import { routes, type RouteName } from '@parley/contracts/routes'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { openSqliteStorage } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import yazl from 'yazl'
import { newId } from './kernel/ids.ts'
import { orgScope } from './kernel/org-scope.ts'
import { call, listen, PNG, succeed, type Input } from './tenant-wall/call.ts'
import { type RunningApp, startApp, temporaryFiles } from './tenant-wall/running-app.ts'
import { SAMPLE_CHAT, uploadFile } from './tenant-wall/sample-files.ts'
import { makeWorld, type Person, type World } from './tenant-wall/world.ts'

const PATIENCE = { timeout: 30_000 }
const CHAT = [
  '31.12.25, 21:40 - Messages and calls are end-to-end encrypted.',
  '31.12.25, 21:41 - Member: Hello',
  'from the harbour',
  '31.12.25, 21:42 - Nadia: IMG-1.png (file attached)',
  'At the pier',
  '31.12.25, 21:42 - Nadia: ok',
  '31.12.25, 21:42 - Nadia: ok',
  '31.12.25, 21:43 - Nadia: IMG-2.png (file attached)',
  '31.12.25, 21:44 - Member: This message was deleted',
  '31.12.25, 21:45 - Member: See you <This message was edited>',
].join('\n')

let app: RunningApp
let disk: Awaited<ReturnType<typeof temporaryFiles>>
let world: World
let admin: Person
let group: string

beforeAll(async () => {
  disk = await temporaryFiles()
  app = await startApp({ files: disk.files })
})
afterAll(async () => {
  await app.stop()
  await disk.remove()
})

const text = (content: string) => ({ name: 'WhatsApp Chat with Harbour.txt', bytes: Buffer.from(content) })
async function zip(...files: (readonly [string, Buffer])[]) {
  const packed = new yazl.ZipFile()
  for (const [name, bytes] of files) packed.addBuffer(bytes, name)
  packed.end()
  return { name: 'WhatsApp Chat - Harbour.zip', bytes: await buffer(packed.outputStream) }
}
type Upload = ReturnType<typeof text>

/** A fresh organisation and group: nothing that another test imported is in it. */
async function begin() {
  world = await makeWorld(app.base, 'Harbour')
  admin = world.people.admin
  const body = { name: 'Harbour', memberIds: [world.people.member.memberId] }
  group = (await succeed(app.base, 'createGroup', { body }, admin.token)).id
}
const bodyOf = (fileId: string) => ({
  ...{ id: newId(), fileId, timeZone: 'Europe/Berlin', dateOrder: 'day-first' as const },
  people: [
    { name: 'Member', memberId: world.people.member.memberId },
    { name: 'Nadia', memberId: null },
  ],
})
const params = () => ({ conversationId: group })
const upload = (file: Upload, { token } = admin) => uploadFile(app.base, token, file)
const start = async (file: Upload) =>
  succeed(app.base, 'startImport', { params: params(), body: bodyOf(await upload(file)) }, admin.token)
const listed = async () => (await succeed(app.base, 'listImports', { params: params() }, admin.token)).imports
async function until(id: string, state: ChatImport['state']): Promise<ChatImport> {
  await expect.poll(async () => (await listed()).find((one) => one.id === id)?.state, PATIENCE).toBe(state)
  return (await listed()).find((one) => one.id === id)!
}
const importNow = async (file: Upload) => until((await start(file)).id, 'done')
const preview = async (file: Upload) =>
  succeed(app.base, 'previewImport', { params: params(), body: { fileId: await upload(file) } }, admin.token)
async function refusal(name: RouteName, input: Input, { token } = admin): Promise<ErrorCode | undefined> {
  const { body } = await call(app.base, routes[name], input, token)
  return (body as { error?: { code: ErrorCode } } | undefined)?.error?.code
}
const refused = async (file: Upload) =>
  refusal('previewImport', { params: params(), body: { fileId: await upload(file) } })
async function messages({ token } = admin) {
  const query = { limit: 100 }
  const { changes } = await succeed(app.base, 'listMessages', { params: params(), query }, token)
  return changes.map(({ data }) => data!)
}
async function shared(which: 'media' | 'documents', { token } = admin) {
  const input = { params: params(), query: { which } }
  return (await succeed(app.base, 'listConversationFiles', input, token)).items
}
const at = (minute: number) => Date.UTC(2025, 11, 31, 20, minute)
const whole = () => zip(['_chat.txt', Buffer.from(CHAT)], ['IMG-1.png', PNG])

describe('A chat that WhatsApp has exported', { timeout: 60_000 }, () => {
  test('is looked into before anything is imported', async () => {
    await begin()
    expect(await preview(await whole())).toEqual({
      chatName: 'Harbour',
      people: [
        { name: 'Nadia', messages: 4 },
        { name: 'Member', messages: 3 },
      ],
      messages: 7,
      systemLines: 1,
      ...{ files: 1, filesMissing: 1, filesOmitted: 0 },
      readings: [{ order: 'day-first', first: '2025-12-31T21:40', last: '2025-12-31T21:45' }],
      ...{ problems: [], problemCount: 0, repeated: false, groupHasMessages: false },
      memberIds: [admin.memberId, world.people.member.memberId],
    })
    expect(await listed()).toEqual([])
  })

  test('is looked into with no more than one other at the same time, whoever asks', async () => {
    await begin()
    const roles = ['admin', 'manager', 'member'] as const
    const files = new Map<string, string>()
    for (const role of roles)
      files.set(role, await uploadFile(app.base, world.people[role].token, { bytes: SAMPLE_CHAT }))
    const held = Promise.withResolvers<undefined>()
    const begun = new Set<string>()
    const { vault } = disk.files
    const read = vault.read.bind(vault)
    const reading = vi.spyOn(vault, 'read').mockImplementation(async (file, ...range) => {
      begun.add(file.id)
      await held.promise
      return read(file, ...range)
    })
    onTestFinished(() => {
      reading.mockRestore()
      held.resolve(undefined)
    })
    const asked = roles.map((role) => {
      const conversationId = world.groupOf[role]
      const body = { fileId: files.get(role) ?? '' }
      return succeed(
        app.base,
        'previewImport',
        { params: { conversationId }, body },
        world.people[role].token,
      )
    })
    await expect.poll(() => begun.size, PATIENCE).toBe(2)
    // whoever waits has asked for nothing yet, however long it takes: this is a request later
    await listed()
    expect(begun.size).toBe(2)
    held.resolve(undefined)
    expect((await Promise.all(asked)).map(({ messages }) => messages)).toEqual([1, 1, 1])
    expect(begun.size).toBe(3)
  })

  test('comes in with its times, its people, and its files, and is unread by nobody', async () => {
    await begin()
    const member = world.people.member
    const listener = await listen(app.base, member.token)
    const done = await importNow(await whole())
    expect(done).toMatchObject({ total: 7, done: 7, imported: 7, repeated: 0, files: 1, filesMissing: 1 })
    const [made, line, ...said] = await messages(member)
    expect(made?.notice?.what).toBe('created')
    expect(line).toMatchObject({
      notice: { what: 'imported', name: 'Harbour', count: 7 },
      senderId: admin.memberId,
    })
    const by = admin.memberId
    const nadia = { senderId: by, imported: { by, importId: done.id, author: 'Nadia' } }
    const their = { senderId: member.memberId, imported: { by, importId: done.id, author: null } }
    expect(said).toMatchObject([
      { ...their, text: 'Hello\nfrom the harbour', sentAt: at(41) },
      { ...nadia, text: 'At the pier', files: [{ kind: 'picture', name: 'IMG-1.png' }], sentAt: at(42) },
      { ...nadia, text: 'ok' },
      { ...nadia, text: 'ok' },
      { ...nadia, text: '', files: [{ gone: true, name: 'IMG-2.png' }] },
      { ...their, text: '', deletedAt: at(44) },
      { ...their, text: 'See you', editedAt: at(45) },
    ])
    expect(said.map(({ quiet }) => quiet)).toEqual([3, 4, 5, 6, 7, 8, 9])
    await listener.caughtUp()
    expect(JSON.stringify(listener.heard)).toContain('from the harbour')
    listener.close()
    const file = said[1]?.files?.[0]
    const got = await fetch(`${app.base}/api/files/${file!.id}/content`, {
      headers: { authorization: `Bearer ${member.token}` },
    })
    expect([got.status, got.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  test('has its files listed under the names of those who sent them', async () => {
    await begin()
    const sent = ['41 - Member: IMG-1.png', '42 - Nadia: plan.txt']
    const chat = Buffer.from(sent.map((one) => `31.12.25, 21:${one} (file attached)`).join('\n'))
    const plan = Buffer.from('From pier to pier')
    await importNow(await zip(['_chat.txt', chat], ['IMG-1.png', PNG], ['plan.txt', plan]))
    const { member } = world.people
    expect(await shared('media', member)).toMatchObject([{ senderId: member.memberId, sentAt: at(41) }])
    expect((await shared('media', member))[0]).not.toHaveProperty('author')
    expect(await shared('documents', member)).toMatchObject([
      { senderId: admin.memberId, author: 'Nadia', sentAt: at(42) },
    ])
  })

  test('comes once: the very same is refused, a longer one brings what is new', async () => {
    await begin()
    await importNow(await whole())
    expect((await preview(await whole())).repeated).toBe(true)
    const again = { params: params(), body: bodyOf(await upload(await whole())) }
    expect(await refusal('startImport', again)).toBe('import_repeated')
    const longer = text(
      `${CHAT.replace('IMG-1.png (file attached)', '<Media omitted>')}\n01.01.26, 09:00 - Nadia: ok`,
    )
    expect(await importNow(longer)).toMatchObject({ total: 8, imported: 1, repeated: 7 })
    expect((await messages()).filter(({ text: said }) => said === 'ok')).toHaveLength(3)
  })

  test('is taken back with all that it brought, and can come again', async () => {
    await begin()
    const before = await messages()
    const { id } = await importNow(await whole())
    const picture = (await messages()).flatMap(({ files }) => files ?? []).find(({ gone }) => !gone)
    const shown = async () => {
      const input = { params: { fileId: picture!.id } }
      const { status } = await call(app.base, routes.filePreview, input, world.people.member.token)
      return [status, (await shared('media')).map(({ file }) => file.id)]
    }
    expect(await shown()).toEqual([200, [picture!.id]])
    await succeed(app.base, 'undoImport', { params: { importId: id } }, admin.token)
    await until(id, 'undone')
    expect(await messages()).toEqual(before)
    expect(await shown()).toEqual([404, []])
    expect(await app.storage.read.files.get(orgScope(world.organisationId), picture!.id)).toBeNull()
    expect(await refusal('undoImport', { params: { importId: id } })).toBe('import_over')
    expect(await importNow(await whole())).toMatchObject({ imported: 7, repeated: 0 })
  })

  test('is for admins of the group, and nobody edits what was imported', async () => {
    await begin()
    const { id } = await importNow(text(CHAT))
    const member = world.people.member
    const fileId = await upload(text(CHAT), member)
    expect(await refusal('previewImport', { params: params(), body: { fileId } }, member)).toBe('forbidden')
    expect(await refusal('startImport', { params: params(), body: bodyOf(fileId) }, member)).toBe('forbidden')
    expect(await refusal('listImports', { params: params() }, member)).toBe('forbidden')
    expect(await refusal('undoImport', { params: { importId: id } }, member)).toBe('forbidden')
    expect(await refusal('undoImport', { params: { importId: id } }, world.other)).toBe('not_found')
    const theirs = (await messages()).find(({ senderId }) => senderId === member.memberId)
    const edit = { params: { messageId: theirs!.id }, body: { text: 'Never said' } }
    await succeed(app.base, 'changeCommunication', { body: { editWindow: null } }, admin.token)
    expect(await refusal('editMessage', edit, member)).toBe('forbidden')
  })

  test('puts nothing into the mouth of who was never in the group', async () => {
    await begin()
    const { manager, member } = world.people
    const body = {
      ...bodyOf(await upload(text(CHAT))),
      people: [{ name: 'Nadia', memberId: manager.memberId }],
    }
    expect(await refusal('startImport', { params: params(), body })).toBe('not_found')
    const removal = { params: params(), body: { memberId: member.memberId } }
    await succeed(app.base, 'removeFromGroup', removal, admin.token)
    expect((await preview(text(CHAT))).memberIds).toEqual([admin.memberId, member.memberId])
    const theirs = { ...body, people: [{ name: 'Nadia', memberId: member.memberId }] }
    await succeed(app.base, 'startImport', { params: params(), body: theirs }, admin.token)
    await until(body.id, 'done')
  })

  test('a file that many messages name is stored once, and goes with the last of them', async () => {
    await begin()
    const lines = Array.from(
      { length: 12 },
      (_, n) => `31.12.25, 21:${String(n + 10)} - Nadia: IMG-1.png (file attached)`,
    )
    const { id } = await importNow(
      await zip(['_chat.txt', Buffer.from(lines.join('\n'))], ['IMG-1.png', PNG]),
    )
    const ids = (await messages()).flatMap(({ files }) => files ?? []).map((file) => file.id)
    expect([ids.length, new Set(ids).size]).toEqual([12, 1])
    const { files } = app.storage.read
    const scope = orgScope(world.organisationId)
    expect(await files.get(scope, ids[0] ?? '')).toMatchObject({ links: 12 })
    await succeed(app.base, 'undoImport', { params: { importId: id } }, admin.token)
    await until(id, 'undone')
    expect(await files.get(scope, ids[0] ?? '')).toBeNull()
  })

  test('obeys what the organisation keeps, when it comes and afterwards', async () => {
    await begin()
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
    const said = [400, 100, 50, 1, -30] // the last is of next month
      .map((ago) => `${day(ago)}, 12:00 - Nadia: ${String(ago)} days ago`)
      .join('\n')
    await succeed(app.base, 'changeCommunication', { body: { messageRetention: 365 } }, admin.token)
    const body = { ...bodyOf(await upload(text(said))), dateOrder: 'year-first' as const }
    await succeed(app.base, 'startImport', { params: params(), body }, admin.token)
    expect(await until(body.id, 'done')).toMatchObject({ imported: 3, tooOld: 1, unreadable: 1 })
    await succeed(app.base, 'changeCommunication', { body: { messageRetention: 60 } }, admin.token)
    const left = async () => (await messages()).filter(({ imported }) => imported).map((one) => one.text)
    await expect.poll(left, PATIENCE).toEqual(['50 days ago', '1 days ago'])
  })
})

describe('An upload that is no good is refused in a sentence', { timeout: 60_000 }, () => {
  const many = (count: number, line: string) => `${line}\n`.repeat(count)
  const cut = async () => {
    const { name, bytes } = await whole()
    return { name, bytes: bytes.subarray(0, bytes.length - 40) }
  }
  test.each<readonly [string, ErrorCode, () => Upload | Promise<Upload>]>([
    ['a picture that calls itself a chat', 'chat_unreadable', () => ({ ...text(''), bytes: PNG })],
    ['a text without a message', 'chat_unreadable', () => text('Dear diary,\nnothing happened today.')],
    [
      'a text in an encoding of old',
      'chat_unreadable',
      () => ({ ...text(''), bytes: Buffer.from('31.12.25, 21:41 - Zo\xeb: h\xe9', 'latin1') }),
    ],
    ['a line without an end', 'chat_unreadable', () => text(`31.12.25, 21:41 - Mei: ${'x'.repeat(150_000)}`)],
    [
      'half a million messages and more',
      'chat_too_long',
      () => text(many(500_001, '31.12.25, 21:41 - M: x')),
    ],
    ['half a zip', 'archive_broken', cut],
    ['a zip without a chat', 'archive_without_chat', () => zip(['IMG-1.png', PNG])],
    ['a zip bomb', 'archive_excessive', () => zip(['_chat.txt', Buffer.alloc(60 * 1024 * 1024)])],
  ])('%s: %s', async (_what, code, make) => {
    await begin()
    expect(await refused(await make())).toBe(code)
    expect(await listed()).toEqual([])
  })

  test('a million lines that go on are one message too long; a million that are nothing are told by their lines', async () => {
    await begin()
    expect(await refused(text(`31.12.25, 21:41 - M: x\n${many(1_000_000, 'and more')}`))).toBe(
      'chat_unreadable',
    )
    const {
      problems,
      problemCount,
      messages: count,
    } = await preview(text(`${many(100_000, 'stray')}31.12.25, 21:41 - M: x`))
    expect([count, problemCount, problems.length, problems[0]]).toEqual([
      1,
      100_000,
      20,
      { line: 1, what: 'before-first-message' },
    ])
  })

  test('names with path parts in a zip reach no file, and are no file of the chat', async () => {
    await begin()
    const file = await zip(['folder/_chat.txt', Buffer.from(CHAT)], ['folder/deep/IMG-1.png', PNG])
    expect(await preview(file)).toMatchObject({ files: 1, messages: 7 })
  })
})

test(
  'a server that goes away goes on with the import where it was, and nothing comes twice',
  { timeout: 90_000 },
  async () => {
    const usual = app
    const { data, files, remove } = await temporaryFiles()
    const secret = randomBytes(32)
    const open = async () => ({
      storage: await openSqliteStorage({ file: join(data, 'parley.db') }),
      files,
      secret,
    })
    app = await startApp(await open())
    try {
      await begin()
      const count = 2_000
      const lines = Array.from({ length: count }, (_, n) => `31.12.25, 21:41 - Nadia: line ${String(n)}`)
      const { id } = await start(text(lines.join('\n')))
      await expect
        .poll(async () => (await listed())[0]?.done, { ...PATIENCE, interval: 5 })
        .toBeGreaterThan(0)
      await app.stop()
      app = await startApp(await open())
      const [before] = await listed()
      expect(before).toMatchObject({ id, state: 'running' })
      expect(before?.done).toBeLessThan(count)
      expect(await until(id, 'done')).toMatchObject({ imported: count, done: count, repeated: 0 })
      const range = { from: 1, until: Infinity, limit: 2 * count }
      const all = await app.storage.read.messages.pageFrom(orgScope(world.organisationId), group, range)
      expect(all.filter(({ notice }) => notice === null).map((one) => one.text)).toEqual(
        lines.map((_, n) => `line ${String(n)}`),
      )
    } finally {
      await app.stop()
      await remove()
      app = usual
    }
  },
)
