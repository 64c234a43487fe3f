'use client'

import { useEffect, useState } from 'react'
import { useText } from '../text/use-text.ts'
import type { Judgement } from './judge-password.ts'
import { fetchModule } from '../frame/fetch-module.ts'
import { weakSentence } from './use-weak-password.ts'
import '../text/words/account.ts'

interface PasswordMeterProps {
  password: string
  words: readonly string[]
  /** Only the bars: a sentence beside it speaks already. */
  quiet: boolean
}

/** How easily the password is guessed, with a sentence that helps. The dictionaries are fetched with the first letter. */
export function PasswordMeter({ password, words, quiet }: PasswordMeterProps) {
  const t = useText()
  const judgement = useJudgement(password, words)
  if (password === '' || judgement === null) return null
  const { score } = judgement
  const sentence = weakSentence(t, judgement) ?? t(score === 4 ? 'password.score4' : 'password.score3')
  return (
    <div className="mt-2 flex flex-col gap-1.5" aria-live="polite">
      <div className="meter" data-score={Math.max(1, score)} aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <i key={bar} className={bar < Math.max(1, score) ? 'on' : undefined} />
        ))}
      </div>
      {quiet ? null : <p className="hint">{sentence}</p>}
    </div>
  )
}

function useJudgement(password: string, words: readonly string[]): Judgement | null {
  const [judgement, setJudgement] = useState<Judgement | null>(null)
  const known = words.join('\n')
  useEffect(() => {
    if (password === '') return
    let stale = false
    const timer = setTimeout(() => {
      void fetchModule(() => import('./judge-password.ts')).then(({ judgePassword }) => {
        if (!stale) setJudgement(judgePassword(password, known.split('\n')))
      })
    }, 150)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [password, known])
  return judgement
}
