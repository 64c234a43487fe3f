import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, numbersOf, oneTo, send, type Chat } from './adapters/storage/contract/contract-fixture.ts'
import { databaseFile } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { opened, temporaryFolder } from './adapters/storage/sqlite/sqlite-fixture.ts'
import { takeInMessages } from './domains/search/take-in-messages.ts'
import { runDbCommand } from './db-command.ts'

function db(data: string, ...argv: string[]) {
  const said: string[] = []
  const code = runDbCommand([...argv, '--data', data], {}, (line) => said.push(line))
  return { code, said: said.join('\n') }
}

async function numbersIn(file: string, { scope, conversation }: Chat) {
  const storage = opened({ file })
  const numbers = numbersOf(await storage.read.messages.page(scope, conversation.id, { limit: 10_000 }))
  await storage.close()
  return numbers
}

async function filledData() {
  const data = temporaryFolder()
  const storage = opened({ file: databaseFile(data) })
  const chat = await makeChat(storage)
  await Promise.all(oneTo(5).map(() => send(storage, chat)))
  return { data, storage, chat, copy: path.join(data, 'copy.db') }
}

test('--help lists the commands, and nonsense is answered with it', () => {
  expect(db('/nowhere', '--help')).toMatchObject({
    code: 0,
    said: expect.stringContaining('restore <file>') as string,
  })
  for (const argv of [
    [],
    ['fly'],
    ['backup'],
    ['restore'],
    ['check', 'x'],
    ['backup', 'a', 'b'],
    ['check', '--fast'],
  ]) {
    expect(db('/nowhere', ...argv)).toMatchObject({
      code: 2,
      said: expect.stringContaining('--data') as string,
    })
  }
})

test('PARLEY_DATA says where the data is when --data does not', async () => {
  const { data, storage } = await filledData()
  await storage.close()
  const said: string[] = []
  expect(runDbCommand(['check'], { PARLEY_DATA: data }, (line) => said.push(line))).toBe(0)
  expect(said.join()).toContain('is sound: 1 organisations, 2 members, 5 messages')
})

test('A backup while the server writes is consistent, and for its owner alone', async () => {
  const { data, storage, chat, copy } = await filledData()
  const sending = Promise.all(oneTo(2_000).map(() => send(storage, chat)))
  await send(storage, chat)
  expect(db(data, 'backup', copy)).toMatchObject({ code: 0 })
  await sending
  await storage.close()
  expect(statSync(copy).mode & 0o077).toBe(0)
  const numbers = await numbersIn(copy, chat)
  expect(numbers.length).toBeGreaterThanOrEqual(6)
  expect(numbers).toEqual(oneTo(numbers.length))
  expect(await numbersIn(databaseFile(data), chat)).toEqual(oneTo(2_006))
})

test('A backup never replaces a file', async () => {
  const { data, copy } = await filledData()
  writeFileSync(copy, 'precious')
  expect(db(data, 'backup', copy)).toMatchObject({
    code: 1,
    said: expect.stringContaining('EEXIST') as string,
  })
  expect(readFileSync(copy, 'utf8')).toBe('precious')
})

test('Restoring is refused while a server runs', async () => {
  const { data, storage, chat, copy } = await filledData()
  db(data, 'backup', copy)
  await send(storage, chat)
  expect(db(data, 'restore', copy)).toMatchObject({
    code: 1,
    said: expect.stringContaining('Another Parley server') as string,
  })
  expect(await storage.read.conversations.lastNumber(chat.scope, chat.conversation.id)).toBe(6)
})

test('Restoring keeps the replaced database aside', async () => {
  const { data, storage, chat, copy } = await filledData()
  db(data, 'backup', copy)
  await send(storage, chat)
  await storage.close()
  expect(db(data, 'restore', copy)).toMatchObject({
    code: 0,
    said: expect.stringContaining('is kept as') as string,
  })
  expect(await numbersIn(databaseFile(data), chat)).toEqual(oneTo(5))
  const aside = readdirSync(data).find((name) => name.includes('.replaced.')) ?? ''
  expect(await numbersIn(path.join(data, aside), chat)).toEqual(oneTo(6))
})

test('Restoring into an empty folder just puts the backup there', async () => {
  const { data, chat, copy } = await filledData()
  db(data, 'backup', copy)
  const fresh = path.join(temporaryFolder(), 'new')
  expect(db(fresh, 'restore', copy)).toMatchObject({
    code: 0,
    said: expect.not.stringContaining('kept') as string,
  })
  expect(await numbersIn(databaseFile(fresh), chat)).toEqual(oneTo(5))
})

test('An unsound backup is not restored, and changes nothing', async () => {
  const { data, storage, chat, copy } = await filledData()
  await storage.close()
  for (const bad of ['not a database at all', '']) {
    writeFileSync(copy, bad.repeat(50))
    expect(db(data, 'restore', copy).code).toBe(1)
  }
  expect(db(data, 'restore', path.join(data, 'missing'))).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is no file') as string,
  })
  expect(await numbersIn(databaseFile(data), chat)).toEqual(oneTo(5))
})

test('A check finds damage, and messages that are missing', async () => {
  const { data, storage } = await filledData()
  storage.writer.exec('DELETE FROM messages WHERE number = 3')
  await storage.close()
  expect(db(data, 'check')).toMatchObject({
    code: 1,
    said: expect.stringContaining('has 4 messages, but its last is number 5') as string,
  })
  const bytes = readFileSync(databaseFile(data))
  bytes.fill(0xa5, bytes.length - 8192)
  writeFileSync(databaseFile(data), bytes)
  expect(db(data, 'check')).toMatchObject({ code: 1, said: expect.stringContaining('damaged') as string })
})

test('reindex-search removes the search index, which is made anew; with a backup put in place it goes too', async () => {
  const { data, storage, chat, copy } = await filledData()
  const { scope } = chat
  const index = path.join(data, 'search.db')
  const takeIn = () => takeInMessages({ ...storage.read, search: storage.search }, scope)
  expect(await takeIn()).toEqual({ more: false, news: 'missing' })
  expect(db(data, 'backup', copy).code).toBe(0)
  expect(db(data, 'reindex-search').code).toBe(0)
  expect(existsSync(index)).toBe(false)
  expect(await storage.searchBehind()).toEqual([scope])
  expect(await takeIn()).toEqual({ more: false, news: 'missing' })
  await storage.close()
  expect(existsSync(index)).toBe(true)
  expect(db(data, 'restore', copy).code).toBe(0)
  expect(existsSync(index)).toBe(false)
  expect(db('/nowhere', 'reindex-search')).toMatchObject({ code: 1 })
})
