import { useCallback, useEffect, useState } from 'react'

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown }

/** What only the server knows and no store keeps: asked for when a screen opens, and again on request. */
export function useLoaded<T>(load: () => Promise<T>): [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    load().then(
      (value) => (left ? undefined : setLoaded({ state: 'loaded', value })),
      (error: unknown) => (left ? undefined : setLoaded({ state: 'failed', error })),
    )
    return () => {
      left = true
    }
  }, [load, round])
  return [loaded, useCallback(() => setRound((before) => before + 1), [])]
}
