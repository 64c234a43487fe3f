import { Worker } from 'node:worker_threads'
import { DomainError } from '../../kernel/domain-error.ts'
import type { StrengthAnswer, StrengthQuestion } from './strength-worker.ts'

/** zxcvbn's scale is 0 to 4; 3 stands for more than 10^8 guesses ("safely unguessable" begins there). */
const SCORE_MIN = 3
/** The word lists take tens of megabytes, so the worker goes when nobody has chosen a password for a while. */
const IDLE_AFTER = 30_000

interface Waiting {
  readonly resolve: (answer: StrengthAnswer) => void
  readonly reject: (error: Error) => void
}

let worker: Worker | undefined
let idle: NodeJS.Timeout | undefined
let asked = 0
const waiting = new Map<number, Waiting>()

/** A judgement takes tens of milliseconds, during which nobody's message may wait: hence a thread of its own. */
function hire(): Worker {
  const hired = new Worker(new URL('./strength-worker.ts', import.meta.url))
  hired.unref()
  hired.on('message', (answer: StrengthAnswer) => {
    waiting.get(answer.number)?.resolve(answer)
    waiting.delete(answer.number)
    if (waiting.size === 0) hired.unref()
  })
  hired.on('error', (error: Error) => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  return hired
}

function dismiss(): void {
  if (waiting.size > 0) return
  void worker?.terminate()
  worker = undefined
}

function judge(password: string, words: string[]): Promise<StrengthAnswer> {
  const asking = (worker ??= hire())
  clearTimeout(idle)
  idle = setTimeout(dismiss, IDLE_AFTER).unref()
  asking.ref()
  const question: StrengthQuestion = { number: (asked += 1), password, words }
  return new Promise((resolve, reject) => {
    waiting.set(question.number, { resolve, reject })
    asking.postMessage(question)
  })
}

/**
 * @param field the path of the form field that the sentence belongs to
 * @param context words that a guesser would try first
 * @throws DomainError weak_password
 */
export async function refuseWeakPassword(
  password: string,
  field: string,
  context: readonly string[],
): Promise<void> {
  const words = context
    .flatMap((text) => [text, ...text.split(/[\s@.,-]+/)])
    .filter((word) => word.length > 2)
  // the estimate's cost grows fast with length, and nothing beyond this makes a password weaker
  const { score, hint } = await judge(password.slice(0, 40), words.slice(0, 20))
  if (score >= SCORE_MIN) return
  const help = hint ?? 'Use a few words that do not belong together.'
  throw new DomainError('weak_password', { fields: { [field]: `Too easy to guess. ${help}` } })
}
