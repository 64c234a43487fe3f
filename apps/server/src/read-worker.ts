// The thread that runs long reads on the embedded database (T6): its composition root, as app.ts is the server's.
import { serveReads } from './adapters/storage/sqlite/serve-reads.ts'
import { longReads } from './long-reads.ts'
import { encodeJsonHere } from './platform/http/encode-json.ts'

serveReads(longReads, encodeJsonHere)
