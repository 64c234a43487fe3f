import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  answering,
  heedingRights,
  type Program,
  startProgram,
  takePort,
  temporaryFolder,
} from './server-process.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const file = () => path.join(folder.path, 'parley.db')

/** Ends by itself, and tells the operator in a sentence or two, without a stack. */
async function expectRefusal(program: Program, sentence: RegExp, code = 1): Promise<void> {
  expect(await program.ended).toBe(code)
  expect(program.said()).toMatch(sentence)
  expect(program.said()).not.toMatch(/\n\s+at |node:internal|\.ts:\d+/)
}

/** A data folder that a server has used. */
async function usedFolder(): Promise<void> {
  const { port, free } = await takePort()
  await free()
  const program = startProgram(['--port', String(port), '--data', folder.path])
  await answering(`http://127.0.0.1:${port}`, program)
  program.child.kill('SIGTERM')
  expect(await program.ended).toBe(0)
}

test('a port that is taken names the option that chooses another', async () => {
  const { port, free } = await takePort()
  const program = startProgram(['--port', String(port), '--data', folder.path])
  await expectRefusal(program, new RegExp(`Port ${port} is already taken.*--port`, 's'))
  await free()
})

test('a data folder that cannot be written to names the option that chooses another', async () => {
  writeFileSync(path.join(folder.path, 'taken'), '')
  const program = startProgram(['--port', '0', '--data', path.join(folder.path, 'taken')])
  await expectRefusal(program, /data folder .* cannot be written.*--data .*PARLEY_DATA/s)
})

test('a data folder without the right to write does too', async () => {
  const data = path.join(folder.path, 'closed')
  mkdirSync(data)
  chmodSync(data, 0o500)
  await expectRefusal(
    startProgram(['--port', '0', '--data', data], {}, heedingRights),
    /data folder .* cannot be written \(EACCES\).*--data .*PARLEY_DATA/s,
  )
})

test('a corrupt database says how to restore a backup, and is left as it was', async () => {
  const rubbish = randomBytes(40_960)
  writeFileSync(file(), rubbish)
  await expectRefusal(startProgram(['--port', '0', '--data', folder.path]), /damaged.*restore/is)
  expect(readFileSync(file()).equals(rubbish)).toBe(true)
})

test('a database of a newer program says so, and is left as it was', async () => {
  await usedFolder()
  const database = new DatabaseSync(file())
  database.exec('PRAGMA user_version = 9999')
  database.close()
  const before = readFileSync(file())
  await expectRefusal(startProgram(['--port', '0', '--data', folder.path]), /newer/i)
  expect(readFileSync(file()).equals(before)).toBe(true)
})

test('a second server on the same data is refused, and the first goes on', async () => {
  const { port, free } = await takePort()
  await free()
  const first = startProgram(['--port', String(port), '--data', folder.path])
  const base = `http://127.0.0.1:${port}`
  await answering(base, first)
  await expectRefusal(startProgram(['--port', '0', '--data', folder.path]), /another parley server/i)
  expect((await fetch(`${base}/api/installation`)).ok).toBe(true)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
})

test('a setting that makes no sense names the variable and an example, and nothing is made', async () => {
  const data = path.join(folder.path, 'none')
  const program = startProgram(['--data', data], { PARLEY_PORT: 'eighty' })
  await expectRefusal(program, /PARLEY_PORT.*eighty.*4000/s, 2)
  expect(existsSync(data)).toBe(false)
})

test('a MongoDB that is away at the start is named without its password', { timeout: 40_000 }, async () => {
  const { port, free } = await takePort()
  await free()
  const PARLEY_STORAGE = `mongodb://parley:hunter2secret@127.0.0.1:${port}/parley?replicaSet=rs0`
  const program = startProgram(['--port', '0', '--data', folder.path], { PARLEY_STORAGE })
  await expectRefusal(program, new RegExp(`127\\.0\\.0\\.1:${port}`))
  expect(program.said()).not.toContain('hunter2secret')
})
