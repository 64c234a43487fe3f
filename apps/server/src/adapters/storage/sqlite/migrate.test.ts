import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, send } from '../contract/contract-fixture.ts'
import { Connection } from './connection.ts'
import { MIGRATIONS } from './migrate.ts'
import type { Migration } from './migrations/migration.ts'
import { openSqlite } from './open-sqlite-storage.ts'
import { opened, temporaryFolder } from './sqlite-fixture.ts'

const NEXT = MIGRATIONS.length + 1
const widen: Migration = {
  version: NEXT,
  name: 'widen',
  up: 'ALTER TABLE departments ADD COLUMN colour TEXT',
}
const broken: Migration = {
  version: NEXT + 1,
  name: 'broken',
  up: 'CREATE TABLE extra (x); DROP TABLE nowhere',
}
const clock = { now: () => Date.UTC(2026, 10, 21, 3, 4, 5) }

async function filledFile() {
  const file = path.join(temporaryFolder(), 'parley.db')
  const storage = openSqlite({ file })
  const chat = await makeChat(storage)
  await send(storage, chat)
  await storage.close()
  return { file, chat }
}

const snapshotsOf = (file: string) =>
  readdirSync(path.dirname(file)).filter((name) => name.includes('.version-'))

test('T8: a new file is made without a snapshot', async () => {
  const { file } = await filledFile()
  expect(snapshotsOf(file)).toEqual([])
})

test('T8: the numbers of the migrations rise by one', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1))
})

test('T8: an existing file is copied before it is migrated, and keeps what it holds', async () => {
  const { file, chat } = await filledFile()
  const storage = opened({ file, clock, migrations: [...MIGRATIONS, widen] })
  expect(await storage.read.conversations.lastNumber(chat.scope, chat.conversation.id)).toBe(1)
  expect(storage.writer.query('SELECT colour FROM departments')).toEqual([])
  expect(snapshotsOf(file)).toEqual([`parley.db.version-${NEXT - 1}.20261121T030405Z`])
  const copy = opened({ file: path.join(path.dirname(file), snapshotsOf(file)[0] ?? '') })
  expect(await copy.read.conversations.lastNumber(chat.scope, chat.conversation.id)).toBe(1)
})

test('T8: a broken migration leaves the file as it was and says how to go back', async () => {
  const { file, chat } = await filledFile()
  const failing = () => openSqlite({ file, clock, migrations: [...MIGRATIONS, widen, broken] })
  expect(failing).toThrow(
    /could not be brought to version \d+ \(broken\).*left as it was.*Parley that ran before.*A copy/,
  )
  const again = opened({ file })
  expect(await again.read.conversations.lastNumber(chat.scope, chat.conversation.id)).toBe(1)
  expect(() => again.writer.query('SELECT colour FROM departments')).toThrow('colour')
})

test('A file from a newer version is refused and left alone', async () => {
  const { file } = await filledFile()
  await openSqlite({ file, migrations: [...MIGRATIONS, widen] }).close()
  expect(() => openSqlite({ file })).toThrow(/written by a newer Parley .*Install that newer Parley again/)
})

test('A database of another program is refused', () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const other = new Connection(file)
  other.exec('CREATE TABLE songs (title TEXT)')
  other.close()
  expect(() => openSqlite({ file })).toThrow('another program')
  expect(existsSync(file)).toBe(true)
})
