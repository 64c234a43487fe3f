import { Worker } from 'node:worker_threads'
import { createBoundedQueue } from '../../../kernel/bounded-queue.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import { EncodedJson, type Encoding, type ReadsElsewhere } from '../../../kernel/long-reads.ts'
import { GO, type ReadQuestion, type ReadReply, type ReadThreadData } from './read-protocol.ts'

/** A first load of 500 people takes around ten milliseconds, so the last in the queue waits for a second or two. */
const WAITING_MAX = 128

/** The thread holds some forty megabytes, which nobody misses who waits a tenth of a second for the first load after a pause. */
const RESTS_AFTER = 30_000

/** What one answer may take; a thread beyond it ends, and the server goes on. */
const HEAP_MEGABYTES = 512

/** How long the thread may take to go. */
const END_MILLISECONDS = 10_000

export interface ReadThreadOptions {
  /** The thread's program; it calls `serveReads`. */
  readonly program: URL
  /** For whoever looks at the process. */
  readonly name?: string
  /** Told when the thread has ended unasked. It is started again with the next read. */
  readonly onCrash: (error: unknown) => void
  /** How many reads may wait for their turn. */
  readonly waitingMax?: number
  /** Milliseconds without a read after which the thread ends. */
  readonly restsAfter?: number
}

interface Asking {
  readonly resolve: (reply: ReadReply) => void
  readonly reject: (error: unknown) => void
}

/**
 * One thread with a connection of its own for reads that may take long (T6). It answers one question at a time, so that a crash
 * costs only the read that brought it about. It is started with the first question, and ends when none comes for a while.
 */
export class ReadThread implements ReadsElsewhere {
  readonly #file: string
  readonly #options: ReadThreadOptions
  readonly #inTurn: ReturnType<typeof createBoundedQueue>
  #worker: Worker | undefined
  #asking: Asking | undefined
  #idle: Promise<unknown> = Promise.resolve()
  #resting: NodeJS.Timeout | undefined
  #ended: Promise<void> = Promise.resolve()
  #closed = false

  constructor(file: string, options: ReadThreadOptions) {
    this.#file = file
    this.#options = options
    this.#inTurn = createBoundedQueue(1, options.waitingMax ?? WAITING_MAX)
  }

  /** How many questions were answered, and how many threads it took. */
  answered = 0
  started = 0

  async answer(name: string, input: unknown, encoding: Encoding | null): Promise<EncodedJson> {
    const reply = await this.#inTurn(() => this.#ask({ name, input, encoding }))
    if ('bytes' in reply) return new EncodedJson(reply.bytes, reply.encoding)
    throw 'code' in reply ? new DomainError(reply.code, reply.detail) : reply.fault
  }

  /** Lets the read under way end, refuses those that wait, and ends the thread. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#idle
    this.#end()
    await this.#ended
  }

  async #ask(question: ReadQuestion): Promise<ReadReply> {
    if (this.#closed) throw new DomainError('shutting_down', { retryAfter: 2 })
    const { promise, resolve, reject } = Promise.withResolvers<ReadReply>()
    this.#asking = { resolve, reject }
    this.#idle = promise.catch(() => undefined)
    clearTimeout(this.#resting)
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    worker.postMessage(question)
    return promise
  }

  #start(): Worker {
    this.started += 1
    const workerData: ReadThreadData = { file: this.#file }
    const worker = new Worker(this.#options.program, {
      name: this.#options.name ?? 'long reads',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    })
    // a thread that waits for a question keeps no process alive
    worker.unref()
    let crash: unknown
    worker.on('message', (reply: ReadReply) => {
      worker.unref()
      this.answered += 1
      this.#asking?.resolve(reply)
      this.#asking = undefined
      this.#resting = setTimeout(() => this.#end(), this.#options.restsAfter ?? RESTS_AFTER).unref()
    })
    worker.on('error', (error: unknown) => {
      crash = error
    })
    worker.on('exit', (code) => this.#lose(worker, crash ?? new Error(`it ended with code ${String(code)}`)))
    return worker
  }

  #end(): void {
    clearTimeout(this.#resting)
    const worker = this.#worker
    this.#worker = undefined
    if (worker) this.#ended = end(worker)
  }

  #lose(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#asking?.reject(new DomainError('storage_unavailable', { retryAfter: 2, cause }))
    this.#asking = undefined
    this.#options.onCrash(cause)
  }
}

/** The thread closes its connection and goes by itself: ended from outside it might be in the middle of the engine. */
async function end(worker: Worker): Promise<void> {
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.ref()
  worker.postMessage(GO)
  const stuck = setTimeout(() => void worker.terminate(), END_MILLISECONDS)
  await gone
  clearTimeout(stuck)
}
