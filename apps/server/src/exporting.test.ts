import { cleanFileName } from '@parley/contracts/files/file-name'
import { routes } from '@parley/contracts/routes'
import { exportPath } from '@parley/contracts/exports/paths'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createZipOpener } from './adapters/archives/zip-archive.ts'
import { newId } from './kernel/ids.ts'
import { orgScope } from './kernel/org-scope.ts'
import { call, PNG, succeed } from './tenant-wall/call.ts'
import { type RunningApp, startApp } from './tenant-wall/running-app.ts'
import { uploadFile } from './tenant-wall/sample-files.ts'
import { makeWorld, type Person, type World } from './tenant-wall/world.ts'

let app: RunningApp
let world: World
let group: string
let admin: Person
let member: Person

beforeAll(async () => {
  app = await startApp()
  world = await makeWorld(app.base, 'Harbour')
  admin = world.people.admin
  member = world.people.member
})
afterAll(() => app.stop())

async function makeGroup() {
  const body = { name: 'Harbour <&>', memberIds: [member.memberId] }
  group = (await succeed(app.base, 'createGroup', { body }, admin.token)).id
}
async function say(text: string, from = admin, files?: string[]): Promise<string> {
  const body = { id: newId(), text, ...(files && { files }) }
  await succeed(app.base, 'sendMessageByRequest', { params: { conversationId: group }, body }, from.token)
  return body.id
}
const ask = (who: Person, files = true) =>
  fetch(app.base + exportPath(group, { timeZone: 'Europe/Lisbon', files }), {
    headers: { authorization: `Bearer ${who.token}`, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
  })
async function unpacked(answer: Response): Promise<Map<string, Buffer>> {
  const zip = Buffer.from(await answer.arrayBuffer())
  const read = (from: number, to: number) => Promise.resolve(Readable.from([zip.subarray(from, to)]))
  const archive = await createZipOpener(cleanFileName)({ size: zip.length, read })
  const files = new Map<string, Buffer>()
  for (const name of archive.files.keys()) files.set(name, await buffer(await archive.open(name)))
  return files
}
const refusal = async (who: Person) =>
  (
    (
      await call(
        app.base,
        routes.exportChat,
        { params: { conversationId: group }, query: { timeZone: 'UTC' } },
        who.token,
      )
    ).body as { error?: { code: string } } | undefined
  )?.error?.code

test('a chat is taken away as a page to read, as data, and with its files', { timeout: 30_000 }, async () => {
  await makeGroup()
  const file = await uploadFile(app.base, admin.token, {
    kind: 'picture',
    bytes: PNG,
    name: '../pier <1>.png',
  })
  await say('Look & <script>alert("1")</script>', admin, [file])
  await say('*Nice* and `<b>`\n- one', member)
  await succeed(
    app.base,
    'changeGroup',
    { params: { conversationId: group }, body: { announcementOnly: true } },
    admin.token,
  )
  const answer = await ask(member)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/zip')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=/)
  const files = await unpacked(answer)
  expect([...files.keys()]).toEqual(['chat.html', 'chat.json', '2-1-pier _1_.png'])
  const page = files.get('chat.html')!.toString()
  expect(page).toContain('<h1 dir="auto">Harbour &lt;&amp;&gt;</h1>')
  expect(page).toContain('Look &amp; &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
  expect(page).not.toMatch(/<script|javascript:|https?:/)
  expect(page).toContain('href="files/2-1-pier%20_1_.png"')
  expect(page).toContain('<img src="files/2-1-pier%20_1_.png" alt="pier _1_.png"')
  expect(page, 'formatting').toContain(
    '<p dir="auto"><b>Nice</b> and <code>&lt;b&gt;</code></p><p dir="auto">• one</p>',
  )
  expect(page, 'system lines are sentences').toContain('</bdi> created the group “Harbour &lt;&amp;&gt;”<')
  expect(page).toContain('</bdi> allowed only group admins to write<')
  const { messages } = JSON.parse(files.get('chat.json')!.toString()) as { messages: object[] }
  expect(messages).toMatchObject([
    { notice: { what: 'created' } },
    {
      text: 'Look & <script>alert("1")</script>',
      author: 'Amina Admin',
      files: [{ path: 'files/2-1-pier _1_.png' }],
    },
    { text: '*Nice* and `<b>`\n- one', author: 'Member' },
    { notice: { what: 'settings' } },
  ])
  expect(files.get('2-1-pier _1_.png')!.subarray(1, 4).toString()).toBe('PNG')
  expect([...(await unpacked(await ask(member, false))).keys()]).toEqual(['chat.html', 'chat.json'])
  const [line] = (await app.storage.read.activity.page(orgScope(world.organisationId), 0, 1_000)).slice(-1)
  expect(line).toMatchObject({ action: 'chat.exported', about: group, memberId: member.memberId })
})

test(
  'it holds what its reader can see: not what came before them, what they cleared, or what was deleted',
  { timeout: 30_000 },
  async () => {
    await makeGroup()
    await say('before')
    const params = { conversationId: group }
    await succeed(app.base, 'changeGroup', { params, body: { newcomersSeeHistory: false } }, admin.token)
    const joined = { params, body: { memberIds: [world.other.memberId] } }
    await succeed(app.base, 'addToGroup', joined, admin.token)
    const gone = await say('deleted')
    await say('after')
    await succeed(app.base, 'deleteMessage', { params: { messageId: gone } }, admin.token)
    const textsFor = async (who: Person) => (await unpacked(await ask(who))).get('chat.html')!.toString()
    expect(await textsFor(world.other)).not.toContain('before')
    expect(await textsFor(world.other)).toContain('after')
    expect(await textsFor(admin)).toContain('before')
    expect(await textsFor(admin)).not.toContain('>deleted<')
    await succeed(app.base, 'changeChatPreference', { params, body: { clearedUpTo: 99 } }, admin.token)
    await say('later')
    expect(await textsFor(admin)).not.toContain('after')
    expect(await textsFor(admin)).toContain('later')
  },
)

test('it is for who takes part, where the organisation allows it', { timeout: 30_000 }, async () => {
  await makeGroup()
  expect(await refusal(world.other)).toBe('not_found')
  await succeed(app.base, 'changeCommunication', { body: { chatExport: 'admins' } }, admin.token)
  expect(await refusal(member)).toBe('export_not_allowed')
  expect(await refusal(admin)).toBeUndefined()
  await succeed(app.base, 'changeCommunication', { body: { chatExport: 'everyone' } }, admin.token)
  await succeed(app.base, 'leaveGroup', { params: { conversationId: group } }, member.token)
  expect(await refusal(member)).toBe('no_longer_in_group')
})

test(
  'A2: being removed while it is sent ends it, and what came is no archive',
  { timeout: 60_000 },
  async () => {
    await makeGroup()
    // one file, so that nothing but asking while its bytes flow can end it
    const bytes = Buffer.alloc(40 * 1024 * 1024, 1)
    await say('', admin, [await uploadFile(app.base, admin.token, { bytes })])
    const answer = await ask(member)
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    const removal = { params: { conversationId: group }, body: { memberId: member.memberId } }
    await succeed(app.base, 'removeFromGroup', removal, admin.token)
    await new Promise((resolve) => setTimeout(resolve, 450))
    let received = 0
    const readOn = async () => {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        received += value.length
      }
    }
    await expect(readOn()).rejects.toThrow()
    expect(received).toBeLessThan(bytes.length / 2)
  },
)

test('a chat is made into a file for who takes it alone: asking only what there would be makes nothing', async () => {
  await makeGroup()
  const lines = async () =>
    (await app.storage.read.activity.page(orgScope(world.organisationId), 0, 1_000)).length
  const before = await lines()
  const answer = await fetch(app.base + exportPath(group, { timeZone: 'UTC', files: true }), {
    method: 'HEAD',
    headers: { authorization: `Bearer ${member.token}` },
  })
  expect(answer.status).toBe(404)
  expect(await lines()).toBe(before)
})
