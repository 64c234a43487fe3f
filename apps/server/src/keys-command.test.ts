import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aFile } from './adapters/storage/contract/files.contract.ts'
import { makeOrganisation, oneTo, write } from './adapters/storage/contract/contract-fixture.ts'
import { databaseFile, openSqliteStorage } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { addMasterKey } from './adapters/vault/master-key-file.ts'
import { requireFileKeys } from './domains/files/require-file-keys.ts'
import { runKeysCommand } from './keys-command.ts'
import { openFiles } from './open-files.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'parley-keys-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

const NO_LIMITS = { maxBytes: null, quotaBytes: null }
const settings = (masterKey: Uint8Array | null = null, previousMasterKey: Uint8Array | null = null) => ({
  data,
  filesFolder: null,
  masterKey,
  previousMasterKey,
})
const open = (...keys: (Uint8Array | null)[]) => openFiles(settings(...keys), NO_LIMITS)

async function keys(argv: string[], env: Record<string, string> = {}) {
  const said: string[] = []
  const code = await runKeysCommand([...argv, '--data', data], env, (line) => said.push(line))
  return { code, said: said.join('\n') }
}

/** Files in two organisations, one more than fits into a page. */
async function filled(masterKey: Uint8Array | null = null) {
  const { vault } = await open(masterKey)
  const storage = await openSqliteStorage({ file: databaseFile(data) })
  const made = []
  for (const count of [201, 1]) {
    const scope = await makeOrganisation(storage)
    const files = oneTo(count).map(() => aFile())
    await write(storage, scope, async (tx) => {
      for (const file of files) await tx.files.insert(scope, { ...file, key: vault.makeKey(scope, file.id) })
    })
    const [first] = files
    const key = (await storage.read.files.get(scope, first!.id))!.key
    await vault.put({ scope, id: first!.id, key }, 'original', new TextEncoder().encode('A secret'))
    made.push({ scope, id: first!.id })
  }
  await storage.close()
  return made
}

async function read(made: Awaited<ReturnType<typeof filled>>, masterKey: Uint8Array | null = null) {
  const { vault } = await open(masterKey)
  const storage = await openSqliteStorage({ file: databaseFile(data) })
  const texts = []
  for (const { scope, id } of made) {
    const { key } = (await storage.read.files.get(scope, id))!
    texts.push(new TextDecoder().decode(await vault.readWhole({ scope, id, key }, 'original')))
  }
  await storage.close()
  return texts
}

test('A13: the master key is made once, for its owner alone', async () => {
  await open()
  const file = join(data, 'master-key')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const made = readFileSync(file, 'utf8')
  await open()
  expect(readFileSync(file, 'utf8')).toBe(made)
  const { code, said } = await keys(['show'])
  expect([code, said]).toEqual([0, expect.stringMatching(/master key [0-9a-f]{16}\.$/)])
  expect(said).not.toContain(made.trim())
})

test('rotating makes a new key, and every file can be read under it, and no longer under the old one', async () => {
  const made = await filled()
  const old = readFileSync(join(data, 'master-key'), 'utf8')
  expect(await keys(['rotate'])).toMatchObject({
    code: 0,
    said: expect.stringContaining('202 files') as string,
  })
  const next = readFileSync(join(data, 'master-key'), 'utf8')
  expect(next.trim().split('\n')).toHaveLength(1)
  expect(next).not.toBe(old)
  expect(await read(made)).toEqual(['A secret', 'A secret'])
  writeFileSync(join(data, 'master-key'), old)
  await expect(open()).rejects.toThrow('nothing was changed')
})

test('a rotation that was broken off leaves everything readable, and is completed by the next', async () => {
  const made = await filled()
  await addMasterKey({ keyFile: join(data, 'master-key') })
  expect(await read(made)).toEqual(['A secret', 'A secret'])
  expect(await keys(['rotate'])).toMatchObject({ code: 0 })
  expect(await read(made)).toEqual(['A secret', 'A secret'])
})

test('a key from the environment is rotated by naming both', async () => {
  const [old, next] = [randomBytes(32), randomBytes(32)]
  const made = await filled(old)
  const env = { PARLEY_MASTER_KEY: next.toString('base64') }
  expect(await keys(['rotate'], env)).toMatchObject({
    code: 1,
    said: expect.stringContaining('PREVIOUS') as string,
  })
  const both = { ...env, PARLEY_PREVIOUS_MASTER_KEY: old.toString('hex') }
  expect(await keys(['rotate'], both)).toMatchObject({ code: 0 })
  expect(await read(made, next)).toEqual(['A secret', 'A secret'])
  await expect(open(old)).rejects.toThrow('PARLEY_MASTER_KEY holds')
})

test('a server that would not read the files does not start, and says why', async () => {
  await filled()
  const file = join(data, 'master-key')
  const right = readFileSync(file, 'utf8')
  rmSync(file)
  await expect(open()).rejects.toThrow(/which is missing\. Put .*master-key back/)
  await expect(open(randomBytes(32))).rejects.toThrow('nothing was changed')
  writeFileSync(file, 'damaged')
  await expect(open()).rejects.toThrow('is damaged')
  writeFileSync(file, right)
  await open()
  // even where nobody remembers which key it was
  rmSync(join(data, 'files', 'key-id'))
  rmSync(file)
  await expect(open()).rejects.toThrow('which is missing')
})

test('a database from before a rotation is not served without the key from then', async () => {
  const made = await filled()
  const old = readFileSync(join(data, 'master-key'), 'utf8')
  const before = readFileSync(databaseFile(data))
  expect(await keys(['rotate'])).toMatchObject({ code: 0 })
  const served = async () => {
    const storage = await openSqliteStorage({ file: databaseFile(data) })
    await requireFileKeys(storage, (await open()).keyIds).finally(() => storage.close())
  }
  await served()
  writeFileSync(databaseFile(data), before)
  await expect(served()).rejects.toThrow(/encrypted under the master key [0-9a-f]{16}, .* as a second line/)
  writeFileSync(join(data, 'master-key'), readFileSync(join(data, 'master-key'), 'utf8') + old)
  await served()
  expect(await keys(['rotate'])).toMatchObject({ code: 0 })
  expect(await read(made)).toEqual(['A secret', 'A secret'])
  await served()
})

test('a running server keeps the rotation out, and nonsense is answered with help', async () => {
  await filled()
  const storage = await openSqliteStorage({ file: databaseFile(data) })
  expect(await keys(['rotate'])).toMatchObject({
    code: 1,
    said: expect.stringContaining('Another Parley') as string,
  })
  await storage.close()
  for (const argv of [[], ['fly'], ['rotate', 'now'], ['show', '--fast']])
    expect((await keys(argv)).code).toBe(2)
  expect(await keys(['show'], { PARLEY_MASTER_KEY: 'short' })).toMatchObject({ code: 1 })
})
