// The thread that keeps the embedded database's search index and searches in it: its composition root, as app.ts is the server's.
import { serveReads } from './adapters/storage/sqlite/serve-reads.ts'
import { searchReads } from './domains/search/search-reads.ts'
import { encodeJsonHere } from './platform/http/encode-json.ts'

serveReads(searchReads, encodeJsonHere)
