import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StorageTx } from '../../adapters/storage/contract/storage.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeCommunication } from '../communication/change-communication.ts'
import { startDirectConversation } from '../conversations/start-direct-conversation.ts'
import { createGroup } from '../groups/create-group.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { deleteMessage } from '../messages/delete-message.ts'
import { editMessage } from '../messages/edit-message.ts'
import { messagesAsKept } from '../messages/message-as-kept.ts'
import { sendMessage } from '../messages/send-message.ts'
import { setDisappearing } from '../messages/set-disappearing.ts'
import { catchUp, load } from '../sync/catch-up.ts'
import type { FetchedPage, LinkFetcher } from './link-fetcher.ts'
import { previewOnChange, type Previewing } from './preview-on-change.ts'

const PAGE = 'https://harbour.example/times'
const OTHER = 'https://ferry.example/'
const DAY_IN_SECONDS = 86_400
const found: FetchedPage = { title: 'Harbour times', description: 'When they leave', picture: null }

let office: TestOrganisation
let amina: Actor
let mei: Actor
let conversationId: string
let previewing: Previewing
let fetched: string[]
/** What is fetched waits until this is over. */
let meanwhile: () => Promise<unknown>
let answer: (url: string) => FetchedPage | null
let failures: unknown[]
let now: number

const run = async <T>(work: (tx: StorageTx) => Promise<T>): Promise<T> => {
  const { result, changes } = await office.storage.transactions.run(office.scope, work)
  previewing.note(office.scope, changes)
  return result
}
const setPreviews = (linkPreviews: boolean) => run((tx) => changeCommunication(tx, amina, { linkPreviews }))

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  conversationId = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
  fetched = []
  failures = []
  now = TEST_NOW
  meanwhile = async () => undefined
  answer = () => found
  const fetcher: LinkFetcher = {
    async page(url) {
      fetched.push(url)
      await meanwhile()
      return answer(url)
    },
    picture: async (url) => new TextEncoder().encode(url),
  }
  previewing = previewOnChange({
    run: (_scope, work) => run(work),
    read: office.storage.read,
    clock: { now: () => now },
    fetcher,
    thumbnails: { make: async (bytes) => bytes },
    isOwn: (url) => url.startsWith('https://parley.example/'),
    onFailure: (error) => failures.push(error),
  })
  await setPreviews(true)
})

afterEach(async () => {
  await previewing.stop()
  expect(failures).toEqual([])
  await office.close()
})

const say = async (
  text: string,
  given: { forwardOf?: string } = {},
  at = TEST_NOW,
  { sender, chat } = { sender: amina, chat: conversationId },
) =>
  (await run((tx) => sendMessage(tx, sender, { id: newId(), conversationId: chat, text, ...given }, at))).id
const edit = (messageId: string, text: string) =>
  run((tx) => editMessage(tx, amina, { messageId, text }, TEST_NOW + 1_000))
const stored = async (id: string) => office.storage.read.messages.get(office.scope, id)
const cardOf = async (id: string) => (await stored(id))?.extras?.linkPreview

describe('a preview', () => {
  test('Y2: follows the message as a change of it, which is no edit, live, caught up and loaded', async () => {
    const { cursor } = await load(office.storage.read, mei)
    const id = await say(`They leave at six: ${PAGE}.`)
    expect(await cardOf(id)).toBeUndefined()
    await previewing.settled()
    const linkPreview = { url: PAGE, title: 'Harbour times', description: 'When they leave' }
    const message = await stored(id)
    expect(message).toMatchObject({ extras: { linkPreview }, text: `They leave at six: ${PAGE}.` })
    expect(message?.extras).not.toHaveProperty('editedAt')
    expect(await office.storage.read.messages.edits(office.scope, id)).toEqual([])
    const caughtUp = await catchUp(office.storage.read, mei, cursor, 10)
    if (caughtUp.outcome !== 'changes') throw new Error(caughtUp.outcome)
    expect(caughtUp.changes.at(-1)).toMatchObject({ seq: message?.revisedSeq, data: { id, linkPreview } })
    const loaded = (await load(office.storage.read, mei)).changes.filter(({ kind }) => kind === 'message')
    expect(loaded).toMatchObject([{ data: { id, linkPreview } }])
  })

  test('is not fetched for what was said long ago and changes for other reasons', async () => {
    const old = await say(`see ${PAGE}`, {}, TEST_NOW - 10 * 60_000)
    await previewing.settled()
    expect(fetched).toEqual([])
    await edit(old, `see ${OTHER}`)
    await previewing.settled()
    expect(fetched).toEqual([OTHER])
  })

  test('is of the first page alone, over a protected line where no scheme was written', async () => {
    await say(`mail desk@harbour.example or see www.harbour.com/times, ${OTHER}`)
    await say('nothing. at all: 12:30')
    await say('ftp://harbour.example/ and https://parley.example/chats')
    await say('https://999.1.1.1/')
    await previewing.settled()
    expect(fetched).toEqual(['https://www.harbour.com/times'])
  })

  test('shows words as text, one line each, without controls and without what turns or hides them', async () => {
    answer = () => ({
      title: '<b>Pay\u202eyap</b>\u0000\n\u200b now\u2066 👩‍👩‍👧',
      description: `${'very '.repeat(80)}long`,
      picture: 'https://harbour.example/boat.jpg',
    })
    const id = await say(PAGE)
    await previewing.settled()
    const card = await cardOf(id)
    expect(card?.title).toBe('<b>Payyap</b> now 👩‍👩‍👧')
    expect(card?.description).toHaveLength(200)
    expect(card?.picture).toBe(Buffer.from('https://harbour.example/boat.jpg').toString('base64'))
    answer = () => ({ title: ' \u202e\u200b ', description: 'Words', picture: null })
    const nameless = await say(OTHER)
    await previewing.settled()
    expect(await cardOf(nameless)).toBeUndefined()
  })

  test('is fetched once for many chats and messages, also where there is none', async () => {
    answer = (url) => (url === PAGE ? found : null)
    const ids = [await say(PAGE), await say(`again ${PAGE}`)]
    await say(OTHER)
    await previewing.settled()
    ids.push(await say(`once more ${PAGE}`))
    await say(`again ${OTHER}`)
    await previewing.settled()
    expect(fetched).toEqual([PAGE, OTHER])
    for (const id of ids) expect(await cardOf(id)).toMatchObject({ url: PAGE })
  })

  test('is not fetched where the organisation has not asked for it, nor kept once it asks for it no more', async () => {
    await setPreviews(false)
    await say(PAGE)
    await previewing.settled()
    expect(fetched).toEqual([])
    await setPreviews(true)
    meanwhile = () => setPreviews(false)
    const id = await say(PAGE)
    await previewing.settled()
    expect(fetched).toEqual([PAGE])
    expect(await cardOf(id)).toBeUndefined()
  })

  test('of many links at once one of each sender and two of all are fetched at a time, and those beyond ten more go without', async () => {
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    meanwhile = () => gate
    for (let index = 0; index < 30; index += 1) await say(`https://harbour.example/${index}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(fetched).toHaveLength(1)
    for (const name of ['Luis', 'Ana']) {
      const sender = await office.join(name)
      const chat = await run((tx) => startDirectConversation(tx, sender, mei.memberId, TEST_NOW))
      for (let index = 0; index < 30; index += 1)
        await say(`https://${name.toLowerCase()}.example/${index}`, {}, TEST_NOW, { sender, chat: chat.id })
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(fetched).toHaveLength(2)
    open()
    await previewing.settled()
    expect(fetched).toHaveLength(33)
  })
})

test('of many organisations at once six pages are fetched at a time, and in the end all', async () => {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  meanwhile = () => gate
  answer = () => null
  const offices = [office]
  for (let index = 0; index < 4; index += 1) offices.push(await openTestOrganisation(office.storage))
  for (const [index, { scope, join, run: runThere, storage }] of offices.entries()) {
    const boss = await join('Boss', 'admin')
    await runThere((tx) => changeCommunication(tx, boss, { linkPreviews: true }))
    for (const name of ['Adaeze', 'Bruno']) {
      const sender = await join(name)
      const chat = await runThere((tx) => startDirectConversation(tx, sender, boss.memberId, TEST_NOW))
      const said = {
        id: newId(),
        conversationId: chat.id,
        text: `https://${name.toLowerCase()}.example/${String(index)}`,
      }
      const { changes } = await storage.transactions.run(scope, (tx) =>
        sendMessage(tx, sender, said, TEST_NOW),
      )
      previewing.note(scope, changes)
    }
  }
  await expect.poll(() => fetched.length).toBe(6)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(fetched).toHaveLength(6)
  open()
  await previewing.settled()
  expect(fetched).toHaveLength(10)
})

describe('a message that has changed meanwhile', () => {
  const during = async (change: (id: string) => Promise<unknown>) => {
    let id = ''
    meanwhile = () => change(id)
    id = await say(PAGE)
    await previewing.settled()
    return id
  }

  test('was deleted: nothing is put to it', async () => {
    const id = await during((id) => run((tx) => deleteMessage(tx, amina, id, TEST_NOW)))
    expect((await stored(id))?.extras).toEqual({ deletedAt: TEST_NOW })
  })

  test('is gone for good: it does not come back', async () => {
    const id = await during(async (id) => {
      const message = await stored(id)
      if (message) await run((tx) => tx.messages.remove(office.scope, conversationId, [message]))
    })
    expect(await stored(id)).toBeNull()
  })

  test('has disappeared: its row, until it goes, is left alone', async () => {
    await run((tx) => setDisappearing(tx, amina, conversationId, DAY_IN_SECONDS, TEST_NOW))
    const id = await during(async () => (now += DAY_IN_SECONDS * 1_000))
    expect(fetched).toEqual([PAGE])
    expect(await cardOf(id)).toBeUndefined()
  })

  test('links to another page: it gets that one', async () => {
    const id = await during(async (id) => {
      meanwhile = async () => undefined
      await edit(id, `rather ${OTHER}`)
    })
    expect(fetched).toEqual([PAGE, OTHER])
    expect(await cardOf(id)).toMatchObject({ url: OTHER })
  })

  test('links to none: it has none', async () => {
    const id = await during((id) => edit(id, 'never mind'))
    expect((await stored(id))?.extras).toEqual({ editedAt: TEST_NOW + 1_000 })
  })
})

describe('a message with a preview', () => {
  let id: string
  beforeEach(async () => {
    id = await say(PAGE)
    await previewing.settled()
    expect(await cardOf(id)).toBeDefined()
  })

  test('that is edited keeps it with its link, and loses it with that', async () => {
    await edit(id, `look: ${PAGE}`)
    expect(await cardOf(id)).toMatchObject({ url: PAGE })
    answer = () => null
    await edit(id, OTHER)
    await previewing.settled()
    expect(await cardOf(id)).toBeUndefined()
    expect(fetched).toEqual([PAGE, OTHER])
  })

  test('that is deleted for everyone loses it', async () => {
    const change = await run((tx) => deleteMessage(tx, amina, id, TEST_NOW))
    expect(change.data).not.toHaveProperty('linkPreview')
    expect(await cardOf(id)).toBeUndefined()
  })

  test('stays when the organisation wishes no more of them, and is not passed on then', async () => {
    await setPreviews(false)
    const passedOn = await say(`see ${PAGE}`, { forwardOf: id })
    await previewing.settled()
    expect(await cardOf(passedOn)).toBeUndefined()
    expect(await cardOf(id)).toMatchObject({ url: PAGE })
  })
})

test('Y9: who was removed before it came does not see it', async () => {
  const given = { name: 'Harbour', description: '', memberIds: [mei.memberId] }
  conversationId = (await run((tx) => createGroup(tx, amina, given, TEST_NOW))).id
  const removed = { memberId: mei.memberId, keepsHistory: true }
  meanwhile = () => run((tx) => removeFromGroup(tx, amina, conversationId, removed, TEST_NOW))
  const id = await say(PAGE)
  await previewing.settled()
  const message = await stored(id)
  expect(message?.extras?.linkPreview).toBeDefined()
  const kept = (await office.storage.read.conversations.mark(office.scope, conversationId, mei.memberId))
    ?.kept
  const seen = await messagesAsKept(
    office.storage.read.messages,
    office.scope,
    message ? [message] : [],
    kept?.until ?? 0,
  )
  expect(seen).toMatchObject([{ text: PAGE }])
  expect(seen[0]?.extras).not.toHaveProperty('linkPreview')
})
