// The thread that keeps the embedded database's search index: its composition root, as app.ts is the server's.
import { setPriority } from 'node:os'
import { serveReads } from './adapters/storage/sqlite/serve-reads.ts'
import { indexReads } from './domains/search/index-reads.ts'
import { encodeJsonHere } from './platform/http/encode-json.ts'

// On a busy machine messages go first, and the index follows them when there is time. Linux alone gives each thread a priority of its
// own (setpriority(2), "C library/kernel differences"); elsewhere this would slow down the whole server.
try {
  if (process.platform === 'linux') setPriority(0, 10)
} catch {
  // a sandbox may forbid it; the index is kept all the same
}

serveReads(indexReads, encodeJsonHere)
