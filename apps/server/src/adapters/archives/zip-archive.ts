import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { ArchivedFile, ChatArchive, OpenArchive } from '../../domains/imports/chat-archive.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { BlockReader } from './block-reader.ts'

/** WhatsApp exports at most 10,000 pictures and the like; everything beyond these is no chat. */
const BOUNDS = {
  files: 20_000,
  /** What the list of the files says of one of them (name, extra fields, comment), in bytes: up to 196 kB would fit. */
  described: 4 * 1024,
  /** And of all, because the list is held in memory. */
  list: 8 * 1024 ** 2,
  /** Unpacked, in bytes. */
  total: 20 * 1024 ** 3,
  /** Deflate makes texts about ten times smaller, and at the very most a thousand times. */
  ratio: 150,
  /** Below this no ratio is looked at: a short text of one letter may be packed very well. */
  ratioFrom: 50 * 1024 ** 2,
} as const
type CleanName = (path: string) => string

type ArchiveBounds = { readonly [K in keyof typeof BOUNDS]: number }

/** As the high half of a zip's external attributes tells what a file is on Unix. */
const FILE_TYPE = 0o170000
const REGULAR = 0o100000

/**
 * Opens zip archives. What is not a plain file in them (folders, links) is passed over.
 * @param cleanName makes of a path in the archive a name that can be shown and asked for
 */
export const createZipOpener =
  (cleanName: CleanName, bounds: ArchiveBounds = BOUNDS): OpenArchive =>
  async (bytes) => {
    const zip = await opened(new BlockReader(bytes), bytes.size)
    zip.on('error', () => undefined)
    try {
      const entries = await entriesOf(zip, bytes.size, bounds, cleanName)
      return archiveOf(zip, entries)
    } catch (error) {
      zip.close()
      throw error
    }
  }

async function opened(reader: BlockReader, size: number): Promise<ZipFile> {
  const options = { autoClose: false, decodeStrings: false, lazyEntries: true, validateEntrySizes: true }
  try {
    return await yauzl.fromRandomAccessReaderPromise(reader, size, options)
  } catch (error) {
    throw asRefusal(error)
  }
}

interface Found {
  readonly file: ArchivedFile
  readonly entry: Entry
}

async function entriesOf(
  zip: ZipFile,
  packed: number,
  bounds: ArchiveBounds,
  cleanName: CleanName,
): Promise<Map<string, Found>> {
  if (zip.entryCount > bounds.files) throw new DomainError('archive_excessive')
  const found = new Map<string, Found>()
  let total = 0
  let list = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new DomainError('archive_locked')
      const described = entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
      list += described
      if (described > bounds.described || list > bounds.list) throw new DomainError('archive_excessive')
      total += entry.uncompressedSize
      if (total > bounds.total) throw new DomainError('archive_excessive')
      if (total > bounds.ratioFrom && total > packed * bounds.ratio)
        throw new DomainError('archive_excessive')
      const name = nameOf(entry, cleanName)
      if (!isPlainFile(entry) || name === null || found.has(name)) continue
      entry.extraFields = [] // an object for every four bytes, and they have been read
      found.set(name, { file: { name, size: entry.uncompressedSize }, entry })
    }
  } catch (error) {
    throw asRefusal(error)
  }
  return found
}

/** The last part of what may be a path; null for a folder. */
function nameOf(entry: Entry, cleanName: CleanName): string | null {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
  const path = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
  return path.endsWith('/') ? null : cleanName(path)
}

function isPlainFile({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const fromUnix = versionMadeBy >>> 8 === 3
  const type = (externalFileAttributes >>> 16) & FILE_TYPE
  return !fromUnix || type === 0 || type === REGULAR
}

function archiveOf(zip: ZipFile, found: ReadonlyMap<string, Found>): ChatArchive {
  return {
    files: new Map([...found].map(([name, { file }]) => [name, file])),
    open: async (name) => {
      const entry = found.get(name)?.entry
      if (!entry?.canDecodeFileData()) throw new DomainError('archive_broken')
      try {
        return guarded(await zip.openReadStreamPromise(entry))
      } catch (error) {
        throw asRefusal(error)
      }
    },
    close: () => zip.close(),
  }
}

async function* guarded(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    throw asRefusal(error)
  }
}

/** Whatever is wrong with the bytes is wrong with the archive; what is wrong beneath stays what it is. */
function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError) return error
  return new DomainError('archive_broken', { cause: error })
}
