import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'

export type Warning =
  | 'topTen'
  | 'common'
  | 'similarToCommon'
  | 'names'
  | 'dates'
  | 'words'
  | 'repeats'
  | 'sequences'
  | 'keys'
  | 'personal'
  | 'pwned'

export interface Judgement {
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly warning: Warning | null
}

const warnings: Readonly<Record<string, Warning>> = {
  straightRow: 'keys',
  keyPattern: 'keys',
  simpleRepeat: 'repeats',
  extendedRepeat: 'repeats',
  sequences: 'sequences',
  recentYears: 'dates',
  dates: 'dates',
  topTen: 'topTen',
  topHundred: 'topTen',
  common: 'common',
  similarToCommon: 'similarToCommon',
  wordByItself: 'words',
  namesByThemselves: 'names',
  commonNames: 'names',
  userInputs: 'personal',
  pwned: 'pwned',
}

const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common, ...english },
  graphs: adjacencyGraphs,
  maxLength: 100,
})

export function judgePassword(password: string, words: readonly string[]): Judgement {
  const { score, feedback } = zxcvbn.check(
    password,
    words.filter((word) => word.length > 2),
  )
  return { score, warning: warnings[feedback.warning ?? ''] ?? null }
}
