import { Worker } from 'node:worker_threads'
import type { Connection } from './connection.ts'

const LOOK = 'PRAGMA wal_checkpoint(NOOP)'
const CHECKPOINT = 'PRAGMA wal_checkpoint(PASSIVE)'

const LOOK_MILLISECONDS = 100
/** Pages in the log that are worth a checkpoint; 4 MB. */
const WORTH_PAGES = 2_000
/** Pages that this thread may copy at once: a few milliseconds. */
const BRIEF_PAGES = 1_000
/** Pages beyond which this thread copies whatever the worker could not, before the log eats the disk; 256 MB. */
const LIMIT_PAGES = 131_072

/** Frames in the write-ahead log, and how many of them are in the database already. */
interface LogState {
  readonly log: number
  readonly checkpointed: number
}

/**
 * Carries the write-ahead log back into the database. A worker copies most of it while this thread goes on writing; this thread
 * copies the short rest between two batches, since only then can the log start over.
 */
export class Checkpointer {
  readonly #db: Connection
  readonly #file: string
  #timer: NodeJS.Timeout | undefined
  #worker: Worker | undefined
  #copying = false
  #seenStatements = 0
  #isBusy: () => boolean = () => false

  constructor(db: Connection, file: string) {
    this.#db = db
    this.#file = file
  }

  /** @param isBusy whether a batch is open at this moment */
  start(isBusy: () => boolean): void {
    this.#isBusy = isBusy
    this.#timer = setInterval(() => this.#look(), LOOK_MILLISECONDS).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  #look(): void {
    if (this.#copying || this.#isBusy() || this.#db.statements === this.#seenStatements) return
    this.#seenStatements = this.#db.statements
    const { log, checkpointed } = this.#ask(LOOK)
    const rest = log - checkpointed
    if (rest < WORTH_PAGES) return
    if (log > LIMIT_PAGES) this.#ask(CHECKPOINT)
    else this.#copyInWorker()
  }

  #copyInWorker(): void {
    this.#copying = true
    this.#worker ??= this.#hire()
    this.#worker.postMessage('checkpoint')
  }

  #hire(): Worker {
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: this.#file })
    worker.unref()
    worker.on('message', () => {
      this.#copying = false
      this.#finishBriefly()
    })
    // A full disk, say: the next look hires another and tries again.
    worker.on('error', () => this.#dismiss())
    return worker
  }

  #dismiss(): void {
    this.#copying = false
    this.#worker = undefined
  }

  #finishBriefly(): void {
    if (this.#isBusy()) return
    const { log, checkpointed } = this.#ask(LOOK)
    if (log - checkpointed <= BRIEF_PAGES) this.#ask(CHECKPOINT)
  }

  #ask(pragma: string): LogState {
    try {
      const [row] = this.#db.query(pragma)
      return { log: Number(row?.['log']), checkpointed: Number(row?.['checkpointed']) }
    } catch {
      // What matters fails where it is waited for: at a commit.
      return { log: 0, checkpointed: 0 }
    }
  }
}
