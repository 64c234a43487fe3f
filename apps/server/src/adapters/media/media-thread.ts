import { Worker } from 'node:worker_threads'
import type { LoadBytes } from '../../domains/files/media-reader.ts'
import { createBoundedQueue } from '../../kernel/bounded-queue.ts'
import type { MediaAnswer, MediaQuestion } from './media-worker.ts'

/** Nothing that people mean to read takes longer; what was made to, does not get longer. */
const PATIENCE = { type: 15_000, pages: 15_000 } as const
/** The libraries take tens of megabytes, so the thread goes when nobody has sent a file for a while. */
const IDLE_AFTER = 30_000
const MEMORY_MB = 256

/**
 * Asks a thread of its own what strangers' bytes are: parsers may loop or unpack without end, and then that thread is ended, and nothing
 * else. One question at a time.
 * @returns null where nothing can be told
 * @throws DomainError overloaded; what `load` throws
 */
export type AskMedia = (what: MediaQuestion['what'], load: LoadBytes) => Promise<MediaAnswer>

export function createMediaThread(
  patience: Readonly<Record<MediaQuestion['what'], number>> = PATIENCE,
): AskMedia {
  const queue = createBoundedQueue(1, 100)
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  /** Answers the question that is being asked. */
  let answer: (found: MediaAnswer) => void = () => {}
  const dismiss = () => {
    void worker?.terminate()
    worker = undefined
  }
  const hire = () => {
    const hired = new Worker(new URL('./media-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32 },
      // what parsers say about what they were given is nobody's business
      stdout: true,
      stderr: true,
    })
    const gone = () => {
      if (worker !== hired) return
      worker = undefined
      answer(null)
    }
    const found = (given: MediaAnswer) => {
      if (worker === hired) answer(given)
    }
    return hired.on('message', found).on('error', gone).on('exit', gone)
  }
  const ask = async (question: MediaQuestion) => {
    clearTimeout(idle)
    const asked = (worker ??= hire())
    const answered = new Promise<MediaAnswer>((resolve) => (answer = resolve))
    const timer = setTimeout(() => {
      dismiss()
      answer(null)
    }, patience[question.what])
    asked.ref()
    asked.postMessage(question)
    const found = await answered
    clearTimeout(timer)
    asked.unref()
    idle = setTimeout(dismiss, IDLE_AFTER).unref()
    return found
  }
  return (what, load) => queue(async () => ask({ what, bytes: await load() }))
}
