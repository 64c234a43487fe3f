import type { Storage } from './adapters/storage/contract/storage.ts'
import { syncReads } from './domains/sync/sync-reads.ts'
import type { LongReads } from './kernel/long-reads.ts'
import { encodeJson } from './platform/http/encode-json.ts'

/** Every read that may take long (T6), listed by hand; the server and its read worker both go by it. */
export const longReads = { ...syncReads }

/** The program of the thread that runs them for the embedded database. */
export const READ_WORKER = new URL('./read-worker.ts', import.meta.url)

/** Runs long reads where the storage has a place for them, and in place where it has none. */
export function createLongReads({ read, readsElsewhere }: Storage): LongReads<typeof longReads> {
  if (readsElsewhere) {
    return {
      elsewhere: true,
      answer: (name, input, encoding) => readsElsewhere.answer(name, input, encoding),
    }
  }
  return {
    elsewhere: false,
    answer: async (name, input, encoding) =>
      encodeJson(await longReads[name](read, input as never), encoding),
  }
}
