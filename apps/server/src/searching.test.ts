import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openSqlite } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import type { SqliteStorage } from './adapters/storage/sqlite/sqlite-storage.ts'
import { temporaryFolder } from './adapters/storage/sqlite/sqlite-fixture.ts'
import { startDirectConversation } from './domains/conversations/start-direct-conversation.ts'
import { sendMessage } from './domains/messages/send-message.ts'
import { purgeMessages } from './domains/retention/purge-messages.ts'
import type { searchReads } from './domains/search/search-reads.ts'
import type { TakenIn } from './domains/search/take-in-messages.ts'
import { takeInOnChange, type IndexKeeper } from './domains/search/take-in-on-change.ts'
import type { Actor } from './kernel/actor.ts'
import { newId } from './kernel/ids.ts'
import { orgScope } from './kernel/org-scope.ts'
import { createIndexing, createSearching, INDEX_WORKER, SEARCH_WORKER } from './long-reads.ts'
import { decodeJson } from './platform/http/encode-json.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from './testing/test-organisation.ts'

let folder: string
let storage: SqliteStorage
let office: TestOrganisation
let keeper: IndexKeeper
let amina: Actor
let conversationId: string
const news: string[] = []
const troubles: unknown[] = []

const onCrash = (error: unknown) => {
  throw error
}

const open = () =>
  openSqlite({
    file: path.join(folder, 'parley.db'),
    searchThread: { program: SEARCH_WORKER, onCrash },
    indexThread: { program: INDEX_WORKER, onCrash },
  })

const keep = () =>
  takeInOnChange({
    takeIn: async (scope) =>
      decodeJson(await createIndexing(storage).answer('takeIn', { scope }, null)) as TakenIn,
    behind: async () => (await storage.searchBehind()).map(orgScope),
    onNews: (one) => void news.push(one),
    onTrouble: (error) => void troubles.push(error),
    gather: 1,
    tryAgain: 1,
  })

beforeEach(async () => {
  folder = temporaryFolder()
  news.length = 0
  troubles.length = 0
  storage = open()
  office = await openTestOrganisation(storage)
  amina = await office.join('Amina')
  const mei = await office.join('Mei')
  conversationId = (await office.run((tx) => startDirectConversation(tx, amina, mei.memberId, TEST_NOW))).id
  keeper = keep()
})

afterEach(async () => {
  await keeper.stop()
  await storage.close()
})

async function say(text: string): Promise<void> {
  const given = { id: newId(), conversationId, text }
  const { changes } = await storage.transactions.run(office.scope, (tx) =>
    sendMessage(tx, amina, given, TEST_NOW),
  )
  keeper.note(office.scope, changes)
}

type Answer = Awaited<ReturnType<(typeof searchReads)['search']>>

async function search(words: string): Promise<Answer> {
  const asked = { words, limit: 20 }
  return decodeJson(
    await createSearching(storage).answer('search', { actor: amina, asked, now: TEST_NOW }, null),
  ) as Answer
}

const find = async (words: string) => (await search(words)).hits.map(({ extract }) => extract.text)

test('T6: the index follows on a thread of its own, and what is found is marked by ranges', async () => {
  await say('The coach leaves at six')
  await say('No train today')
  await keeper.settled()
  const { hits, cursor, complete } = await search('coach leav')
  expect(hits).toMatchObject([
    {
      conversationId,
      number: 1,
      senderId: amina.memberId,
      extract: { text: 'The coach leaves at six', ranges: [[4, 9], [10, 14]] },
    },
  ]) // prettier-ignore
  expect([cursor, complete]).toEqual([null, true])
  expect(storage.indexElsewhere?.answered).toBeGreaterThan(0)
  expect(storage.searchElsewhere?.answered).toBe(1)
})

test('after a crash it catches up by itself from where it was', async () => {
  await say('first coach')
  await keeper.settled()
  await keeper.stop()
  for (let line = 0; line < 250; line += 1) await say(`coach ${String(line)}`)
  await storage.close()
  storage = open()
  keeper = keep()
  expect(await find('first')).toEqual(['first coach'])
  expect(await find('249')).toEqual([])
  await keeper.look()
  await keeper.settled()
  expect(await find('249')).toEqual(['coach 249'])
  expect(await find('first')).toEqual(['first coach'])
  expect(news).toEqual(['missing'])
})

test('an index that is lost while the server runs is made anew, that is said, and chatting goes on', async () => {
  await say('first coach')
  await keeper.settled()
  news.length = 0
  for (const suffix of ['', '-wal', '-shm']) rmSync(path.join(folder, `search.db${suffix}`), { force: true })
  await say('second coach')
  await keeper.settled()
  expect(await find('coach')).toEqual(['second coach', 'first coach'])
  expect(news).toEqual(['missing'])
})

/** Something is said and taken in; then the file of the index is damaged, and opened again. */
async function sayAndDamage() {
  await say('first coach')
  await keeper.settled()
  await keeper.stop()
  await storage.close()
  news.length = 0
  writeFileSync(path.join(folder, 'search.db'), 'not a database any more '.repeat(1_000))
  storage = open()
  keeper = keep()
}

test('an index that is damaged is made anew, and that is said', async () => {
  await sayAndDamage()
  await keeper.look()
  await keeper.settled()
  expect(await find('coach')).toEqual(['first coach'])
  expect(news).toEqual(['damaged'])
})

test('an index that who searches finds damaged is made anew though nobody writes, and that is said', async () => {
  await sayAndDamage()
  expect(await search('coach')).toMatchObject({ hits: [], complete: false })
  await keeper.look()
  await keeper.settled()
  expect(await find('coach')).toEqual(['first coach'])
  expect(news).toEqual(['damaged'])
})

test('an older database in the place of the present one is seen, and the index made anew', async () => {
  await say('first coach')
  await keeper.settled()
  await keeper.stop()
  await storage.close()
  const older = temporaryFolder()
  const rest = openSqlite({ file: path.join(older, 'parley.db') })
  const other = await openTestOrganisation(rest)
  await other.join('Amina')
  await rest.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(path.join(folder, `parley.db${suffix}`), { force: true })
  renameSync(path.join(older, 'parley.db'), path.join(folder, 'parley.db'))
  storage = open()
  keeper = keep()
  await keeper.look()
  await keeper.settled()
  expect(news).toContain('outdated')
  expect(await storage.searchBehind()).toEqual([])
})

test('where no index can be kept messages are sent all the same, and that is said once', async () => {
  await keeper.stop()
  await storage.close()
  writeFileSync(path.join(folder, 'kept'), '')
  storage = open()
  keeper = keep()
  // a folder in its place can neither be opened nor replaced
  mkdirSync(path.join(folder, 'search.db', 'x'), { recursive: true })
  await say('first coach')
  await vi.waitFor(() => expect(troubles).toHaveLength(1), 20_000)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await storage.read.messages.sentAfter(office.scope, 0, 10)).toHaveLength(1)
  expect(troubles).toHaveLength(1)
  rmSync(path.join(folder, 'search.db'), { recursive: true })
  await keeper.settled()
  expect(await find('coach')).toEqual(['first coach'])
})

test('of what is deleted for good the index keeps nothing, and everything else', async () => {
  await say('first coach')
  await say('second coach')
  await keeper.settled()
  const [first] = await storage.read.messages.page(office.scope, conversationId, { limit: 2 })
  if (!first) throw new Error('there are two')
  const reason = { why: 'retention', days: 90, memberId: null } as const
  const how = { forget: [], now: Date.now() }
  const { changes } = await storage.transactions.run(office.scope, (tx) =>
    purgeMessages(tx, office.scope, [first], reason, how),
  )
  keeper.note(office.scope, changes)
  await keeper.settled()
  const index = new DatabaseSync(path.join(folder, 'search.db'), { readOnly: true })
  expect(index.prepare('SELECT count(*) AS count FROM grams').get()).toEqual({ count: 1 })
  index.close()
  await say('third coach')
  await keeper.settled()
  expect(await find('coach')).toEqual(['third coach', 'second coach'])
})
