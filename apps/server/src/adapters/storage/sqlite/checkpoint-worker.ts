// Copies the write-ahead log into the database, off the main thread.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** Passes until the writer's newest frames are few; each copies what came in during the one before. */
const PASSES_MAX = 5
const FEW_PAGES = 300

const database = new DatabaseSync(String(workerData), { timeout: 0 })
database.exec('PRAGMA wal_autocheckpoint = 0')
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')
const look = database.prepare('PRAGMA wal_checkpoint(NOOP)')

parentPort?.on('message', () => {
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    checkpoint.get()
    const { log, checkpointed } = look.get() ?? {}
    if (Number(log) - Number(checkpointed) <= FEW_PAGES) break
  }
  parentPort?.postMessage('done')
})
