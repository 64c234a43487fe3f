import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import type { Connection } from '../connection.ts'
import { temporaryFolder } from '../sqlite-fixture.ts'
import { SearchFile } from './search-file.ts'

const rows = (db: Connection) => db.query('SELECT org FROM positions').length
const note = (db: Connection) => db.exec("INSERT INTO positions VALUES (1, 'x', 5, 1, 1)")

function opened(file: string): SearchFile {
  const search = new SearchFile(file)
  onTestFinished(() => search.close())
  return search
}

function filled() {
  const file = path.join(temporaryFolder(), 'search.db')
  const search = opened(file)
  search.use(note)
  expect(search.takeRenewal()).toBe('missing')
  return { file, search }
}

test('an index is kept, and only its owner may read it', () => {
  const { file, search } = filled()
  search.close()
  expect(statSync(file).mode & 0o077).toBe(0)
  const again = opened(file)
  expect(again.use(rows)).toBe(1)
  expect(again.takeRenewal()).toBeNull()
})

test.each([
  [
    'is no database',
    () => Buffer.from('not a database at all, but long enough to be looked at as one'.repeat(20)),
  ],
])('a file that %s is replaced by an empty index, and that is said', (_what, content) => {
  const { file, search } = filled()
  search.close()
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
  writeFileSync(file, content())
  const again = opened(file)
  expect(again.use(rows)).toBe(0)
  expect(again.takeRenewal()).toMatch(/damaged|outdated/)
  expect(again.takeRenewal()).toBeNull()
})

test('a file that turns out to be damaged in the middle is replaced while it is in use', () => {
  const { file, search } = filled()
  search.close()
  const pages = 4096
  const size = statSync(file).size
  writeFileSync(file, Buffer.alloc(size - pages, 7), { flag: 'r+' })
  const again = opened(file)
  expect(again.use(rows)).toBe(0)
  again.use(note)
  expect(again.use(rows)).toBe(1)
  expect(again.takeRenewal()).toBe('damaged')
})

test('a file that disappears while it is in use is made anew', () => {
  const { file, search } = filled()
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
  expect(search.use(rows)).toBe(0)
  expect(search.takeRenewal()).toBe('missing')
  expect(existsSync(file)).toBe(true)
})

test('one thread that makes it anew and one that has the old one open end with the same file', () => {
  const { file, search } = filled()
  const other = opened(file)
  expect(other.use(rows)).toBe(1)
  other.renew('damaged')
  other.use(note)
  expect([search.use(rows), other.use(rows)]).toEqual([1, 1])
  search.use((db) => db.exec('UPDATE positions SET seq = 9'))
  expect(other.use((db) => db.query('SELECT seq FROM positions'))).toEqual([{ seq: 9 }])
  // why is told once, and to whoever asks: who keeps the index is seldom who found the damage
  expect([search.takeRenewal(), other.takeRenewal()]).toEqual(['damaged', null])
})

test('a file that another thread has only begun to make is made by whoever comes first', () => {
  const file = path.join(temporaryFolder(), 'search.db')
  writeFileSync(file, '')
  const [first, second] = [opened(file), opened(file)]
  first.use(note)
  expect(second.use(rows)).toBe(1)
  expect(second.takeRenewal()).toBeNull()
})

test('an index of another format is made anew', () => {
  const { file, search } = filled()
  search.use((db) => db.exec('PRAGMA user_version = 99'))
  search.close()
  const again = opened(file)
  expect(again.use(rows)).toBe(0)
  expect(again.takeRenewal()).toBe('outdated')
})
