import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeChat, oneTo, send } from '../contract/contract-fixture.ts'
import { openSqlite, openSqliteStorage } from './open-sqlite-storage.ts'
import { opened, temporaryFolder } from './sqlite-fixture.ts'

async function filledFile() {
  const file = path.join(temporaryFolder(), 'parley.db')
  const storage = openSqlite({ file })
  const chat = await makeChat(storage)
  await Promise.all(oneTo(200).map(() => send(storage, chat, 'x'.repeat(500))))
  await storage.close()
  return file
}

test('A file that is no database says what to do, and is left alone', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  writeFileSync(file, 'hello '.repeat(100))
  await expect(openSqliteStorage({ file })).rejects.toThrow(/is damaged.*Restore a backup with/)
  expect(readFileSync(file, 'utf8')).toBe('hello '.repeat(100))
})

test('A file whose end is missing says so', async () => {
  const file = await filledFile()
  truncateSync(file, Math.floor(statSync(file).size / 4096) * 2048)
  expect(() => openSqlite({ file })).toThrow(/is damaged: its end is missing/)
})

test('A file with a damaged page says so', async () => {
  const file = await filledFile()
  const bytes = readFileSync(file)
  bytes.fill(0xa5, 2048 * 20, 2048 * 24)
  writeFileSync(file, bytes)
  expect(() => openSqlite({ file })).toThrow(/is damaged.*Restore a backup/)
})

test('A failed start lets go of the file, so that the next can try', async () => {
  const file = await filledFile()
  const whole = `${file}.whole`
  copyFileSync(file, whole)
  truncateSync(file, 2048)
  expect(() => openSqlite({ file })).toThrow('damaged')
  copyFileSync(whole, file)
  expect(opened({ file }).engine).toBe('sqlite')
})

test('A data folder that cannot be made or written to says so', () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'taken'), '')
  const file = path.join(folder, 'taken', 'parley.db')
  expect(() => openSqlite({ file })).toThrow(
    /data folder .*taken cannot be written to.*--data or PARLEY_DATA/,
  )
})

test('A second server on the same data is refused, until the first is gone', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const first = openSqlite({ file })
  expect(() => openSqlite({ file })).toThrow(/Another Parley server is using .*--data or PARLEY_DATA/)
  await first.close()
  expect(opened({ file }).engine).toBe('sqlite')
})

test('A server in another process holds the data, and a killed one lets go', () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const module = new URL('./open-sqlite-storage.ts', import.meta.url).href
  const program = (end: string) => `
    const { openSqlite } = await import(${JSON.stringify(module)})
    try { openSqlite({ file: ${JSON.stringify(file)} }) } catch (error) { console.log(error.message) }
    ${end}`
  const runNode = (text: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' })
  const storage = opened({ file })
  expect(runNode(program('process.exit()')).stdout).toContain('Another Parley server is using')
  void storage.close()
  const other = path.join(temporaryFolder(), 'parley.db')
  expect(runNode(program("process.kill(process.pid, 'SIGKILL')").replaceAll(file, other)).signal).toBe(
    'SIGKILL',
  )
  expect(opened({ file: other }).engine).toBe('sqlite')
})

test('The database and its log are readable by their owner alone', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const storage = opened({ file })
  await makeChat(storage)
  for (const one of [file, `${file}-wal`]) expect(statSync(one).mode & 0o077).toBe(0)
})

test('What is in memory leaves nothing behind', async () => {
  const storage = openSqlite({ file: ':memory:' })
  await makeChat(storage)
  const folder = path.dirname(String(storage.writer.query('PRAGMA database_list')[0]?.['file']))
  expect(existsSync(folder)).toBe(true)
  await storage.close()
  expect(existsSync(folder)).toBe(false)
})
