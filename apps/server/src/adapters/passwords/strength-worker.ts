import { parentPort } from 'node:worker_threads'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'

/** One password to judge. */
export interface StrengthQuestion {
  readonly number: number
  readonly password: string
  /** Words that a guesser would try first. */
  readonly words: string[]
}

export interface StrengthAnswer {
  readonly number: number
  /** zxcvbn's scale, 0 to 4. */
  readonly score: number
  /** What would make it better, as a sentence; null when there is nothing to say. */
  readonly hint: string | null
}

const judge = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
})

parentPort?.on('message', ({ number, password, words }: StrengthQuestion) => {
  const { score, feedback } = judge.check(password, words)
  const answer: StrengthAnswer = { number, score, hint: feedback.warning ?? feedback.suggestions[0] ?? null }
  parentPort?.postMessage(answer)
})
