// The thread that searches in the embedded database's index: its composition root, as app.ts is the server's.
import { serveReads } from './adapters/storage/sqlite/serve-reads.ts'
import { searchReads } from './domains/search/search-reads.ts'
import { encodeJsonHere } from './platform/http/encode-json.ts'

/** Whoever searches goes through the same pages again and again: with a quarter of it a search takes twice as long (`bench`). */
const CACHE_KILOBYTES = 65_536

serveReads(searchReads, encodeJsonHere, CACHE_KILOBYTES)
