import { afterEach, beforeEach, expect, test } from 'vitest'
import { aFile } from '../../adapters/storage/contract/files.contract.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { EncodedJson } from '../../kernel/long-reads.ts'
import { testExchange, unused } from '../../testing/test-exchange.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { requireVisibleFile } from '../files/file-access.ts'
import { listFiles } from '../files/list-files.ts'
import { visibleMessages } from '../exports/exported-chat.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { syncReads } from '../sync/sync-reads.ts'
import { deleteMessage } from './delete-message.ts'
import { editMessage } from './edit-message.ts'
import { listEdits } from './list-edits.ts'
import { messageRoutes } from './messages.http.ts'
import { hideMessage, starMessage } from './note-message.ts'
import { pinMessage } from './pin-message.ts'
import { reactToMessage } from './react-to-message.ts'
import { sendMessage } from './send-message.ts'
import { setDisappearing } from './set-disappearing.ts'

const DAY = 86_400
/** The moment at which what the test says is over; the sweep that deletes it has not come yet. */
const END = TEST_NOW + DAY * 1_000

let office: TestOrganisation
let amina: Actor
let mei: Actor
let luca: Actor
let group: string
let messageId: string

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  luca = await office.join('Luca')
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId, luca.memberId] }
  group = (await office.run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
  await office.run((tx) => setDisappearing(tx, amina, group, DAY, TEST_NOW))
  messageId = (await say({ text: 'a secret' })).id
  await office.run((tx) => reactToMessage(tx, mei, { messageId, emojis: ['👍'] }, TEST_NOW))
  await office.run((tx) => starMessage(tx, amina, { messageId, starred: true }, TEST_NOW))
})

afterEach(() => office.close())

const say = (
  given: { text: string; replyTo?: string; forwardOf?: string; files?: string[] },
  now = TEST_NOW,
) => office.run((tx) => sendMessage(tx, amina, { id: newId(), conversationId: group, ...given }, now))
const routesAt = (now: number) =>
  messageRoutes({ run: unused, read: office.storage.read, clock: { now: () => now } })

/** @throws what the route does */
async function page(actor: Actor, now: number) {
  const { listMessages } = routesAt(now)
  const asked = { params: { conversationId: group }, query: { limit: 50 }, body: undefined }
  const answer = await listMessages({ ...testExchange, actor, ...asked })
  if (answer instanceof EncodedJson) throw new Error('a page is not encoded')
  return answer
}

test('A4: who acts on a message whose time has come is told what is told of one that never was', async () => {
  const acts: Record<string, (now: number) => Promise<unknown>> = {
    pin: (now) => office.run((tx) => pinMessage(tx, mei, { messageId, pinned: true }, now)),
    react: (now) => office.run((tx) => reactToMessage(tx, luca, { messageId, emojis: ['🙏'] }, now)),
    star: (now) => office.run((tx) => starMessage(tx, mei, { messageId, starred: true }, now)),
    unstar: (now) => office.run((tx) => starMessage(tx, mei, { messageId, starred: false }, now)),
    edit: (now) => office.run((tx) => editMessage(tx, amina, { messageId, text: 'another' }, now)),
    readEdits: (now) => listEdits(office.storage.read, amina, messageId, now),
    reply: (now) => say({ text: 'Why?', replyTo: messageId }, now),
    forward: (now) => say({ text: 'a secret', forwardOf: messageId }, now),
    hide: (now) => office.run((tx) => hideMessage(tx, luca, messageId, now)),
    delete: (now) => office.run((tx) => deleteMessage(tx, amina, messageId, now)),
  }
  for (const [name, act] of Object.entries(acts))
    await expect(act(END), name).rejects.toMatchObject({ code: 'not_found' })
  const until = END - 1
  for (const [name, act] of Object.entries(acts)) {
    // a day later it is too late to edit it, but it is there
    if (name === 'edit') await expect(act(until)).rejects.toMatchObject({ code: 'too_late_to_edit' })
    else await act(until)
  }
})

test('Nothing of it is read any more, by whatever way; its place stays until it is told to be gone', async () => {
  await office.run((tx) =>
    removeFromGroup(tx, amina, group, { memberId: luca.memberId, keepsHistory: true }, TEST_NOW),
  )
  const { storage } = office
  const readBy = async (actor: Actor, now: number) => {
    const asked = { actor, serverTime: now }
    const audience = `conversation:${group}`
    return {
      page: await page(actor, now),
      load: await syncReads.load(storage.read, asked),
      caughtUp: await syncReads.catchUp(storage.read, { ...asked, since: 0, limit: 500 }),
      ...(actor === mei && { one: await syncReads.loadAudience(storage.read, { ...asked, audience }) }),
    }
  }
  await say({ text: 'the last secret' })
  for (const actor of [mei, luca]) {
    expect(JSON.stringify(await readBy(actor, END - 1))).toContain('secret')
    const told = await readBy(actor, END)
    expect(JSON.stringify(told)).not.toContain('secret')
    expect(JSON.stringify(told.page)).not.toContain('👍')
    const numbers = told.page.changes.map(({ data }) => data?.number)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
  }
})

test('What answers it shows nothing of it any more, by whatever way it is read; the answer itself stays', async () => {
  const { storage } = office
  const later = END - 60_000
  const reply = await say({ text: 'Why?', replyTo: messageId }, later)
  await office.run((tx) => starMessage(tx, mei, { messageId: reply.id, starred: true }, later))
  const starred = (now: number) => {
    const body = { messageIds: [reply.id] }
    return routesAt(now).starredMessages({
      ...testExchange,
      actor: mei,
      params: undefined,
      query: undefined,
      body,
    })
  }
  const exported = async (now: number) => {
    const pages = []
    for await (const some of visibleMessages(storage.read, mei, group, () => now)) pages.push(...some)
    return pages
  }
  const audience = `conversation:${group}`
  const ways: Record<string, (now: number) => Promise<unknown>> = {
    page: (now) => page(mei, now),
    load: (now) => syncReads.load(storage.read, { actor: mei, serverTime: now }),
    caughtUp: (now) => syncReads.catchUp(storage.read, { actor: mei, serverTime: now, since: 0, limit: 500 }),
    loadAudience: (now) => syncReads.loadAudience(storage.read, { actor: mei, serverTime: now, audience }),
    starred,
    exported,
    unchanged: (now) =>
      office.run((tx) => editMessage(tx, amina, { messageId: reply.id, text: 'Why?' }, now)),
    repeated: (now) =>
      office.run((tx) =>
        sendMessage(
          tx,
          amina,
          { id: reply.id, conversationId: group, text: 'Why?', replyTo: messageId },
          now,
        ),
      ),
    edited: (now) =>
      office.run((tx) => editMessage(tx, amina, { messageId: reply.id, text: `Why? ${String(now)}` }, now)),
  }
  for (const [name, read] of Object.entries(ways)) {
    expect(JSON.stringify(await read(END - 1)), name).toContain('secret')
    const told = JSON.stringify(await read(END))
    expect(told, name).not.toContain('secret')
    expect(told, name).toContain('Why?')
  }
  const { id, number, senderId } = (await storage.read.messages.get(office.scope, messageId)) ?? {}
  const answer = await starred(END)
  const [shown] = answer instanceof EncodedJson ? [] : answer.changes
  expect(shown?.data?.replyTo).toEqual({ id, number, senderId, kind: 'deleted', text: '' })
})

test('A8: a file that such messages alone carry is not handed out, listed or sent on', async () => {
  const file = aFile({ uploaderId: amina.memberId })
  await office.run((tx) => tx.files.insert(office.scope, file))
  await say({ text: '', files: [file.id] })
  const { read } = office.storage
  const where = { conversationId: group, list: 'documents', from: 1, before: Infinity } as const
  const nobody = { files: read.files, authorsOf: async () => new Map<string, string>() }
  const listed = async (now: number) => (await listFiles(nobody, office.scope, where, now)).items.length
  expect(await requireVisibleFile(read, mei, file.id, END - 1)).toMatchObject({ id: file.id })
  expect([await listed(END - 1), await listed(END)]).toEqual([1, 0])
  for (const actor of [mei, amina])
    await expect(requireVisibleFile(read, actor, file.id, END)).rejects.toMatchObject({ code: 'not_found' })
  await expect(say({ text: '', files: [file.id] }, END)).rejects.toMatchObject({ code: 'not_found' })
})
