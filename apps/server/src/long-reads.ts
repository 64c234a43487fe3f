import type { Storage } from './adapters/storage/contract/storage.ts'
import { indexReads } from './domains/search/index-reads.ts'
import { searchReads } from './domains/search/search-reads.ts'
import { syncReads } from './domains/sync/sync-reads.ts'
import type { Encoding, LongReads, ReadsElsewhere } from './kernel/long-reads.ts'
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
export function createLongReads({ read, readsElsewhere }: Storage): LongReads<typeof longReads> {
  if (readsElsewhere) return on(readsElsewhere)
  return {
    elsewhere: false,
    answer: async (name, input, encoding) =>
      encodeJson(await longReads[name](read, input as never), encoding),
  }
}

/** Searches, as `createLongReads`. */
export function createSearching({ read, search, searchElsewhere }: Storage): LongReads<typeof searchReads> {
  if (searchElsewhere) return on(searchElsewhere)
  return {
    elsewhere: false,
    answer: async (name, input, encoding) =>
      encodeJson(await searchReads[name]({ ...read, search }, input), encoding),
  }
}

/** Keeps the search index, as `createLongReads`. */
export function createIndexing({ read, search, indexElsewhere }: Storage): LongReads<typeof indexReads> {
  if (indexElsewhere) return on(indexElsewhere)
  return {
    elsewhere: false,
    answer: async (name, input, encoding) =>
      encodeJson(await indexReads[name]({ ...read, search }, input), encoding),
  }
}

const on = (thread: ReadsElsewhere) =>
  ({
    elsewhere: true,
    answer: (name: string, input: unknown, encoding: Encoding | null) => thread.answer(name, input, encoding),
  }) as const
