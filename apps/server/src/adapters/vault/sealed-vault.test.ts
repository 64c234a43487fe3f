import { randomBytes } from 'node:crypto'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FilePart } from '../../domains/files/blob-store.ts'
import type { SealedFile } from '../../domains/files/file-vault.ts'
import { newId } from '../../kernel/ids.ts'
import { orgScope } from '../../kernel/org-scope.ts'
import { createDiskBlobs } from '../blobs/disk/disk-blobs.ts'
import { FRAME, OVERHEAD, SEALED_FRAME, sealedSize } from './frames.ts'
import { createMasterKeys } from './master-keys.ts'
import { SealedVault } from './sealed-vault.ts'

let folder: string
const masterKey = randomBytes(32)
const scope = orgScope(newId())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-vault-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** As another process would open it. */
const openVault = (keys: readonly Uint8Array[] = [masterKey]) =>
  new SealedVault(createDiskBlobs(folder), createMasterKeys(keys))

function newFile(vault = openVault()): SealedFile {
  const id = randomBytes(16).toString('base64url')
  return { scope, id, key: vault.makeKey(scope, id) }
}

const pathOf = ({ id }: SealedFile, part: FilePart = 'original') => {
  const hex = Buffer.from(id, 'base64url').toString('hex')
  return join(folder, scope, hex.slice(0, 2), `${hex}.${part}`)
}

async function* piecesOf(bytes: Uint8Array, size = 10_000, breakAt = Infinity) {
  for (let at = 0; at < bytes.length; at += size) {
    if (at >= breakAt) throw new Error('the connection broke')
    yield bytes.subarray(at, Math.min(at + size, bytes.length))
  }
}

async function readAll(vault: SealedVault, file: SealedFile, size: number, from = 0, to = size) {
  const pieces: Uint8Array[] = []
  for await (const piece of await vault.read(file, 'original', size, from, to)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const SIZES = [1, FRAME - 1, FRAME, FRAME + 1, 4 * FRAME, 9 * FRAME + 123]

describe('A8: files at rest', () => {
  test.each(SIZES)('%i bytes come back as they were, whole and by range', async (size) => {
    const vault = openVault()
    const file = newFile(vault)
    const bytes = randomBytes(size)
    expect(await vault.append(file, size, piecesOf(bytes), 0)).toBe(size)
    await vault.sync(file, 'original')
    expect(statSync(pathOf(file)).size).toBe(sealedSize(size))
    const again = openVault()
    expect(await again.uploaded(file)).toBe(size)
    expect((await readAll(again, file, size)).equals(bytes)).toBe(true)
    for (const [from, to] of [
      [0, 1],
      [size - 1, size],
      [Math.floor(size / 3), Math.ceil(size / 2) + 1],
    ] as const)
      // prettier-ignore
      if (to > from && to <= size)
        expect((await readAll(again, file, size, from, to)).equals(bytes.subarray(from, to))).toBe(true)
  })

  test('no byte is ever on disk in the clear, those of an unfinished upload included, and for the owner alone', async () => {
    const vault = openVault()
    const file = newFile(vault)
    const bytes = Buffer.alloc(3 * FRAME, 'a secret that nobody may find. ')
    await vault.append(file, bytes.length, piecesOf(bytes, 7_000, 100_000), 0).catch(() => undefined)
    await vault.put(file, 'preview', bytes.subarray(0, 5_000))
    for (const part of ['original', 'preview'] as const) {
      const kept = readFileSync(pathOf(file, part))
      expect(kept.length).toBeGreaterThan(4_000)
      expect(kept.includes('a secret')).toBe(false)
      expect(statSync(pathOf(file, part)).mode & 0o077).toBe(0)
    }
  })

  test.each([0, 1, 9_999, FRAME - 3, FRAME, 2 * FRAME + 17, 5 * FRAME - 2_000])(
    'cut off near byte %i, an upload goes on where it was, in this process and after a restart',
    async (cut) => {
      for (const restarts of [false, true]) {
        const file = newFile()
        const bytes = randomBytes(5 * FRAME + 99)
        let vault = openVault()
        const broken = vault.append(file, bytes.length, piecesOf(bytes, 999, cut), 0)
        await expect(broken).rejects.toThrow('the connection broke')
        if (restarts) vault = openVault()
        const reached = await vault.uploaded(file)
        expect(reached).toBeGreaterThanOrEqual(cut)
        expect(await vault.append(file, bytes.length, piecesOf(bytes.subarray(reached)), reached)).toBe(
          bytes.length,
        )
        expect((await readAll(vault, file, bytes.length)).equals(bytes)).toBe(true)
      }
    },
  )

  test('what a crash has torn is sent again: an upload is taken to reach as far as it is sound', async () => {
    const file = newFile()
    const bytes = randomBytes(3 * FRAME + 500)
    await openVault()
      .append(file, bytes.length, piecesOf(bytes, 1_000, 3 * FRAME), 0)
      .catch(() => undefined)
    truncateSync(pathOf(file), 2 * SEALED_FRAME + 700)
    expect(await openVault().uploaded(file)).toBe(2 * FRAME)
    const kept = readFileSync(pathOf(file))
    kept.fill(0, SEALED_FRAME + 5_000, SEALED_FRAME + 6_000)
    writeFileSync(pathOf(file), kept)
    const vault = openVault()
    expect(await vault.uploaded(file)).toBe(FRAME)
    await vault.append(file, bytes.length, piecesOf(bytes.subarray(FRAME)), FRAME)
    expect((await readAll(vault, file, bytes.length)).equals(bytes)).toBe(true)
  })

  test('more than was said is refused, and what was said before stays', async () => {
    const vault = openVault()
    const file = newFile(vault)
    const bytes = randomBytes(FRAME)
    await expect(vault.append(file, 20_000, piecesOf(bytes), 0)).rejects.toMatchObject({ code: 'too_large' })
    const reached = await vault.uploaded(file)
    expect(reached).toBeLessThanOrEqual(20_000)
    await vault.append(file, 20_000, piecesOf(bytes.subarray(reached, 20_000)), reached)
    expect((await readAll(vault, file, 20_000)).equals(bytes.subarray(0, 20_000))).toBe(true)
  })
})

describe('A8: what was done to a file at rest is found out before it is handed on', () => {
  const size = 4 * FRAME + 100
  let file: SealedFile
  let kept: Buffer
  beforeEach(async () => {
    file = newFile()
    await openVault().append(file, size, piecesOf(randomBytes(size)), 0)
    kept = readFileSync(pathOf(file))
  })
  const frame = (index: number) => kept.subarray(index * SEALED_FRAME, (index + 1) * SEALED_FRAME)
  const expectDamaged = async (bytes: Uint8Array, asSize = size) => {
    writeFileSync(pathOf(file), bytes)
    await expect(readAll(openVault(), file, asSize)).rejects.toMatchObject({ code: 'file_damaged' })
  }

  test('one bit altered', async () => {
    const altered = Buffer.from(kept)
    altered[SEALED_FRAME + 40] = (altered[SEALED_FRAME + 40] ?? 0) ^ 1
    await expectDamaged(altered)
  })
  test('cut, also at the end of a frame and with a size to match', async () => {
    await expectDamaged(kept.subarray(0, -1))
    await expectDamaged(kept.subarray(0, 4 * SEALED_FRAME))
    await expectDamaged(kept.subarray(0, 4 * SEALED_FRAME), 4 * FRAME)
  })
  test('two frames exchanged', async () => {
    await expectDamaged(Buffer.concat([frame(1), frame(0), kept.subarray(2 * SEALED_FRAME)]))
  })
  test('the end repeated', async () => {
    await expectDamaged(Buffer.concat([kept.subarray(0, 4 * SEALED_FRAME), kept.subarray(4 * SEALED_FRAME), kept.subarray(4 * SEALED_FRAME)])) // prettier-ignore
  })
  test('exchanged with another part, another file, or one of another organisation, even under the same key', async () => {
    const vault = openVault()
    await vault.put(file, 'picture', randomBytes(size))
    await expectDamaged(readFileSync(pathOf(file, 'picture')))
    const other = newFile(vault)
    await vault.append(other, size, piecesOf(randomBytes(size)), 0)
    await expectDamaged(readFileSync(pathOf(other)))
    writeFileSync(pathOf(file), kept)
    for (const stolen of [
      { ...other, key: file.key },
      { ...file, scope: orgScope(newId()) },
    ])
      await expect(vault.readWhole(stolen, 'original')).rejects.toMatchObject({ code: 'file_damaged' })
  })
  test('missing, and the rest keeps working', async () => {
    rmSync(pathOf(file))
    const vault = openVault()
    await expect(readAll(vault, file, size)).rejects.toMatchObject({ code: 'file_damaged' })
    const other = newFile(vault)
    await vault.put(other, 'preview', randomBytes(10))
    expect(await vault.readWhole(other, 'preview')).toHaveLength(10)
  })
  test('another master key opens nothing, and says which one it would take', async () => {
    const error: unknown = await openVault([randomBytes(32)])
      .readWhole(file, 'original')
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'file_damaged' })
    expect(String((error as Error).cause)).toContain(file.key.keyId)
  })
})

test('under a new master key only the wrapping changes', async () => {
  const file = newFile()
  await openVault().put(file, 'picture', randomBytes(100))
  const before = readFileSync(pathOf(file, 'picture'))
  const next = randomBytes(32)
  const key = openVault([next, masterKey]).rewrap(file)
  expect(key?.keyId).not.toBe(file.key.keyId)
  expect(readFileSync(pathOf(file, 'picture')).equals(before)).toBe(true)
  expect(await openVault([next]).readWhole({ ...file, key: key! }, 'picture')).toHaveLength(100)
  expect(openVault([next]).rewrap({ ...file, key: key! })).toBeNull()
  expect(before.length).toBe(100 + OVERHEAD)
})

test('a file that is removed leaves nothing', async () => {
  const vault = openVault()
  const file = newFile(vault)
  for (const part of ['original', 'picture', 'preview'] as const) await vault.put(file, part, randomBytes(9))
  await vault.remove(scope, file.id, 'original')
  expect(readdirSync(join(pathOf(file), '..'))).toHaveLength(2)
  await vault.remove(scope, file.id)
  await vault.remove(scope, file.id)
  expect(readdirSync(join(pathOf(file), '..'))).toEqual([])
  expect(await vault.uploaded(file)).toBe(0)
})
