import type { MessageView } from '@parley/client/client-api'
import { useCallback, useState } from 'react'

/**
 * Several messages being chosen.
 * @returns their ids, or null while none are being chosen; a function that chooses one or leaves it out; one that ends it
 */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const select = useCallback(({ id }: MessageView) => {
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const stop = useCallback(() => setChosen(null), [])
  return [chosen, select, stop] as const
}
