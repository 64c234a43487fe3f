import { inspect } from 'node:util'
import { parentPort, workerData } from 'node:worker_threads'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { EncodedJson, Encoding, LongRead } from '../../../kernel/long-reads.ts'
import type { StorageReader } from '../contract/storage.ts'
import { Caches } from './caches.ts'
import type { Connection } from './connection.ts'
import { openReader } from './open-database.ts'
import { GO, type ReadQuestion, type ReadReply, type ReadThreadData } from './read-protocol.ts'
import { SearchFile, searchFile } from './search/search-file.ts'
import { SqliteSearchIndex } from './search/search-index.ts'
import { sql } from './sql.ts'
import { storageReader } from './storage-reader.ts'

const BEGIN = sql('BEGIN')
const END = sql('COMMIT')
/** Begins the snapshot, and tells whether anybody has committed since the one before. */
const VERSION = sql('PRAGMA data_version')

/**
 * Answers questions on this thread, one after another, each in a snapshot of what is committed when it begins. To be called
 * once, by the program of a worker thread.
 * @param searchCache kilobytes of the search index that stay in memory
 */
export function serveReads(
  reads: Readonly<Record<string, LongRead>>,
  encode: (answer: unknown, encoding: Encoding | null) => EncodedJson,
  searchCache?: number,
): void {
  const port = parentPort
  if (!port) throw new Error('there is nobody to answer: this is not a worker thread')
  const { file } = workerData as ReadThreadData
  const db = openReader(file)
  const search = new SearchFile(searchFile(file), searchCache)
  const inSnapshot = createSnapshots(db, search)
  const answer = async ({ name, input, encoding }: ReadQuestion): Promise<ReadReply> => {
    try {
      const work = reads[name] as ((read: ReadHere, input: unknown) => Promise<unknown>) | undefined
      if (!work) throw new Error(`there is no long read ${name}`)
      const encoded = encode(await inSnapshot((read) => work(read, input)), encoding)
      return { bytes: wholeBuffer(encoded.bytes), encoding: encoded.encoding }
    } catch (error) {
      return replyTo(error)
    }
  }
  port.on('message', (question: ReadQuestion | typeof GO) => {
    if (question === GO) {
      search.close()
      db.close()
      port.close()
      return
    }
    void answer(question).then((reply) =>
      port.postMessage(reply, 'bytes' in reply ? [reply.bytes.buffer] : []),
    )
  })
}

/** What a read on this thread is handed. */
interface ReadHere extends StorageReader {
  readonly search: SqliteSearchIndex
}

/** The caches hold while nobody commits, so that a run of first loads reads what they share once. */
function createSnapshots(db: Connection, file: SearchFile) {
  const caches = new Caches()
  const view = { db, caches: () => caches }
  const read: ReadHere = { ...storageReader(view), search: new SqliteSearchIndex(file, view) }
  let version: unknown
  return async <T>(work: (read: ReadHere) => Promise<T>): Promise<T> => {
    db.run(BEGIN)
    try {
      const { data_version: now } = db.get(VERSION) as { data_version: number }
      if (now !== version) caches.clear()
      version = now
      return await work(read)
    } finally {
      if (db.inTransaction) db.run(END)
    }
  }
}

/** Bytes that fill their buffer, so that it can be handed over whole; small ones may share theirs with others. */
const wholeBuffer = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes)

/** Errors lose their class on the way between threads. */
function replyTo(error: unknown): ReadReply {
  if (!(error instanceof DomainError))
    return { fault: error instanceof Error ? error : new Error(String(error)) }
  const { code, fields, retryAfter, cause } = error
  const detail = {
    ...(fields === undefined ? {} : { fields }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(cause === undefined ? {} : { cause: cause instanceof Error ? cause.message : inspect(cause) }),
  }
  return { code, detail }
}
