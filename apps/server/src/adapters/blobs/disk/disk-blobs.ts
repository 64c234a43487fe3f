import { mkdir, open, opendir, rm, stat, statfs, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DomainError } from '../../../kernel/domain-error.ts'
import { orgScope } from '../../../kernel/org-scope.ts'
import type { BlobAddress, BlobReader, BlobStore, BlobWriter } from '../../../domains/files/blob-store.ts'

/** Left alone for the database, which has to note what is deleted even when the disk is nearly full. */
const RESERVE = 64 * 1024 * 1024

const ORGANISATION = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NAME = /^([0-9a-f]{32})\.(original|picture|preview)$/

/** No room: on the disk, in the user's quota, or in the largest file that this process may write. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** What the file system says about itself, in the words of the port. */
function inOurWords(error: unknown): unknown {
  return FULL.has(codeOf(error) ?? '') ? new DomainError('storage_full', { cause: error }) : error
}

/**
 * Blobs as files of a folder, readable by their owner alone: `<organisation>/<two digits>/<id>.<part>`. Ids are written in hex, because not every file
 * system tells upper and lower case apart.
 */
export function createDiskBlobs(folder: string): BlobStore {
  const pathOf = ({ scope, fileId, part }: BlobAddress): string => {
    const hex = Buffer.from(fileId, 'base64url').toString('hex')
    const name = `${hex}.${part}`
    if (!ORGANISATION.test(scope) || !NAME.test(name)) throw new Error('this is not the address of a blob')
    return join(folder, scope, hex.slice(0, 2), name)
  }
  return {
    write: (address, position) => openToWrite(pathOf(address), position),
    open: (address) => openToRead(pathOf(address)),
    remove: (address) => rm(pathOf(address), { force: true }),
    list: () => listBlobs(folder),
    async room() {
      const { bavail, bsize } = await statfs(folder)
      return Math.max(0, bavail * bsize - RESERVE)
    },
  }
}

async function openToWrite(path: string, position: number): Promise<BlobWriter> {
  const file = await openOrMake(path)
  let at = position
  let closing: Promise<void> | undefined
  try {
    await file.truncate(position)
  } catch (error) {
    await file.close()
    throw inOurWords(error)
  }
  return {
    async append(chunks) {
      try {
        at += await writeAll(file, chunks, at)
      } catch (error) {
        throw inOurWords(error)
      }
    },
    async sync() {
      await file.sync()
      await syncFolder(dirname(path))
    },
    close: () => (closing ??= file.close()),
  }
}

async function openOrMake(path: string): Promise<FileHandle> {
  // neither 'a', which ignores positions, nor 'w', which empties
  const openOne = (flags: string) => open(path, flags, 0o600)
  try {
    return await openOne('r+')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return await openOne('wx+')
  } catch (error) {
    throw inOurWords(error)
  }
}

/** A disk that is nearly full takes less than it is given, and says so with the next write. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[], position: number): Promise<number> {
  let rest: readonly Uint8Array[] = chunks
  let written = 0
  for (;;) {
    const { bytesWritten } = await file.writev(rest, position + written)
    written += bytesWritten
    rest = without(rest, bytesWritten)
    if (rest.length === 0) return written
  }
}

function without(chunks: readonly Uint8Array[], count: number): Uint8Array[] {
  const rest: Uint8Array[] = []
  let left = count
  for (const chunk of chunks) {
    if (left < chunk.length) rest.push(chunk.subarray(left))
    left = Math.max(0, left - chunk.length)
  }
  return rest
}

/** A new name survives power loss only when its folder has been written. */
async function syncFolder(folder: string): Promise<void> {
  for (const one of [folder, dirname(folder), dirname(dirname(folder))]) {
    const handle = await open(one, 'r')
    await handle.sync().finally(() => handle.close())
  }
}

async function openToRead(path: string): Promise<BlobReader | null> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
  let closing: Promise<void> | undefined
  const close = () => (closing ??= file.close())
  try {
    const { size } = await file.stat()
    return { size, read: (from, to) => readFully(file, from, to), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function readFully(file: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(to - from)
  let have = 0
  while (have < bytes.length) {
    const { bytesRead } = await file.read(bytes, have, bytes.length - have, from + have)
    if (bytesRead === 0) break
    have += bytesRead
  }
  return bytes.subarray(0, have)
}

async function* listBlobs(folder: string): ReturnType<BlobStore['list']> {
  for await (const organisation of namesIn(folder)) {
    if (!ORGANISATION.test(organisation)) continue
    for await (const shelf of namesIn(join(folder, organisation))) {
      for await (const name of namesIn(join(folder, organisation, shelf))) {
        const found = await blobAt(join(folder, organisation, shelf, name), organisation, name)
        if (found) yield found
      }
    }
  }
}

async function blobAt(path: string, organisation: string, name: string) {
  const [, hex, part] = NAME.exec(name) ?? []
  if (hex === undefined || part === undefined) return null
  const found = await stat(path).catch(() => null) // gone meanwhile
  if (!found) return null
  const fileId = Buffer.from(hex, 'hex').toString('base64url')
  const address = { scope: orgScope(organisation), fileId, part: part as BlobAddress['part'] }
  return { address, writtenAt: found.mtimeMs }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null
    throw error
  })
  if (entries) for await (const { name } of entries) yield name
}
