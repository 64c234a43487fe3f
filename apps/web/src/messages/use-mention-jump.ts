import type { ConversationView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useEffect, useState, type RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { StreamRow } from './stream-rows.ts'

/**
 * The mentions that were unread when the chat was opened or have come since, until each has been before the person's eyes: jumping to
 * the latest message reads them for the server, but they can still be stepped through.
 */
export function useMentionJump(
  view: Pick<ConversationView, 'mentions' | 'conversation'>,
  rows: readonly StreamRow[],
  list: RefObject<VirtualizerHandle | null>,
) {
  const client = useClient()
  const [known, setKnown] = useState<ReadonlySet<number>>(() => new Set(view.mentions))
  const [looked, setLooked] = useState<ReadonlySet<number>>(new Set())
  /** Asked for, and not there yet. */
  const [wanted, setWanted] = useState<number | null>(null)
  const fresh = view.mentions.filter((number) => !known.has(number))
  if (fresh.length > 0) setKnown(new Set([...known, ...fresh]))
  const left = [...known].filter((number) => !looked.has(number)).sort((a, b) => a - b)

  const look = useCallback(() => {
    const handle = list.current
    if (!handle || known.size === 0) return
    const [from, to] = [handle.scrollOffset, handle.scrollOffset + handle.viewportSize]
    const shown = rows
      .slice(handle.findItemIndex(from), handle.findItemIndex(to - 12) + 1)
      .flatMap((row) => ('message' in row && row.message.number !== null ? row.message.number : []))
    setLooked((before) => {
      const seen = shown.filter((number) => known.has(number) && !before.has(number))
      return seen.length === 0 ? before : new Set([...before, ...seen])
    })
  }, [known, list, rows])

  // what is on the screen without any scrolling is looked at as well
  useEffect(() => {
    const timer = setTimeout(look, 600)
    return () => clearTimeout(timer)
  }, [look])

  const scrollTo = useCallback(
    (number: number): boolean => {
      const index = rows.findIndex((row) => 'message' in row && row.message.number === number)
      if (index < 0) return false
      list.current?.scrollToIndex(index, { align: 'center' })
      return true
    },
    [list, rows],
  )
  useEffect(() => {
    if (wanted !== null && !looked.has(wanted)) scrollTo(wanted)
  }, [wanted, looked, scrollTo])

  function jump() {
    const [next] = left
    if (next === undefined || scrollTo(next)) return
    setWanted(next)
    void client.showMessage(view.conversation.id, next)
  }
  return { left, look, jump }
}
