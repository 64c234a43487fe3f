import { useText, type Text } from '../text/use-text.ts'
import type { Judgement } from './judge-password.ts'
import '../text/words/account.ts'

/** Below this the server refuses. */
const SCORE_MIN = 3

/** Why a password is not good enough, and what would be; null for one that is. The one wording for all places. */
export function weakSentence(t: Text, { score, warning }: Judgement): string | null {
  if (score >= SCORE_MIN) return null
  return [t('password.weak'), warning ? t(`password.${warning}`) : '', t('password.advice')]
    .filter(Boolean)
    .join(' ')
}

/** Judges one field of a form as the server will, so that both kinds of mistake show in one round. */
export function useWeakPassword<V extends Record<string, unknown>>(
  field: keyof V & string,
  wordsOf: (values: V) => readonly string[] = () => [],
): (values: V) => Promise<Readonly<Record<string, string>>> {
  const t = useText()
  return async (values) => {
    const password = values[field]
    if (typeof password !== 'string' || password === '') return {}
    // Where the dictionaries cannot be had, the server's word is enough.
    const judge = await import('./judge-password.ts').catch(() => null)
    const sentence = judge && weakSentence(t, judge.judgePassword(password, wordsOf(values)))
    return sentence ? { [field]: sentence } : {}
  }
}
