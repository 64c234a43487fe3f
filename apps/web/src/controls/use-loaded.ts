import { useCallback, useEffect, useRef, useState } from 'react'

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown }

/** What only the server knows and no store keeps: asked for when a screen opens, and again on request. */
export function useLoaded<T>(load: () => Promise<T>): [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const [round, setRound] = useState(0)
  /** The newest round that was answered; another object for another `load`. */
  const answered = useRef<{ round: number } | null>(null)
  useEffect(() => {
    answered.current = { round: -1 }
    return () => {
      answered.current = null
    }
  }, [load])
  useEffect(() => {
    const mine = answered.current
    // a slow answer counts until a later one is there: whoever asks again and again would else never hear any
    const take = (next: Loaded<T>) => {
      if (mine === null || answered.current !== mine || mine.round > round) return
      mine.round = round
      setLoaded(next)
    }
    load().then(
      (value) => take({ state: 'loaded', value }),
      (error: unknown) => take({ state: 'failed', error }),
    )
  }, [load, round])
  return [loaded, useCallback(() => setRound((before) => before + 1), [])]
}
