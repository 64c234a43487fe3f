import type { Storage } from './adapters/storage/contract/storage.ts'
import { indexReads } from './domains/search/index-reads.ts'
import { searchReads } from './domains/search/search-reads.ts'
import { syncReads } from './domains/sync/sync-reads.ts'
import type { Actor } from './kernel/actor.ts'
import { createFairTurns, createKeyedTurns } from './kernel/keyed-turns.ts'
import type { LongRead, LongReads, ReadsElsewhere } from './kernel/long-reads.ts'
import { encodeJson } from './platform/http/encode-json.ts'

/** Every read that may take long (T6), listed by hand; the server and its read worker both go by it. */
export const longReads = { ...syncReads }

/** The program of the thread that runs them for the embedded database. */
export const READ_WORKER = new URL('./read-worker.ts', import.meta.url)

/** The program of the thread that searches in the index of the embedded database. */
export const SEARCH_WORKER = new URL('./search-worker.ts', import.meta.url)

/** The program of the thread that keeps that index. */
export const INDEX_WORKER = new URL('./index-worker.ts', import.meta.url)

/** Runs long reads where the storage has a place for them, and in place where it has none. */
export const createLongReads = ({ read, readsElsewhere }: Storage): LongReads<typeof longReads> =>
  runReads(longReads, read, readsElsewhere && inTurn(readsElsewhere))

/** Searches, as `createLongReads`. */
export const createSearching = ({ read, search, searchElsewhere }: Storage): LongReads<typeof searchReads> =>
  runReads(searchReads, { ...read, search }, searchElsewhere && inTurn(searchElsewhere))

/** Keeps the search index, as `createLongReads`. */
export const createIndexing = ({ read, search, indexElsewhere }: Storage): LongReads<typeof indexReads> =>
  runReads(indexReads, { ...read, search }, indexElsewhere)

/** Of one organisation. */
const WAITING_MAX = 128

/** The thread answers one at a time: whoever asks for much stands in its line once, so that all others have their turn. */
function inTurn(thread: ReadsElsewhere): ReadsElsewhere {
  const turns = createFairTurns({
    member: createKeyedTurns(1, WAITING_MAX),
    organisation: createKeyedTurns(1, WAITING_MAX),
  })
  return {
    async answer(name, input: { readonly actor: Actor }, encoding) {
      const end = await turns.take(input.actor)
      return thread.answer(name, input, encoding).finally(end)
    },
  }
}

type ReadOf<Reads extends Readonly<Record<string, LongRead>>> = Parameters<Reads[keyof Reads]>[0]

/**
 * @param read what each of the reads is given where there is no thread for them
 * @param elsewhere that thread
 */
function runReads<Reads extends Readonly<Record<string, LongRead>>>(
  reads: Reads,
  read: ReadOf<Reads>,
  elsewhere: ReadsElsewhere | null,
): LongReads<Reads> {
  if (elsewhere) {
    return {
      elsewhere: true,
      answer: (name, input, encoding) => elsewhere.answer(name, input, encoding),
    }
  }
  return {
    elsewhere: false,
    async answer(name, input, encoding) {
      const run: LongRead | undefined = reads[name]
      if (!run) throw new Error(`no read is named ${name}`)
      return encodeJson(await run(read, input), encoding)
    },
  }
}
