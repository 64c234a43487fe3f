import { useClient } from '@parley/react/parley-provider'
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Target } from '../conversations/use-asked-message.ts'
import { numberAt, type StreamRow } from './stream-rows.ts'

/** The block above the first message, which says that more is being loaded; virtua has to know its height. */
export const HEAD_HEIGHT = 56
const NEAR_START = 800
const AT_END = 48
const FAR_FROM_END = 240
/** Heights are guessed before they are measured; until then nothing can be said about the end. */
const SETTLED_AFTER = 400

interface StreamScroll {
  conversationId: string
  rows: readonly StreamRow[]
  attentive: boolean
  canLoadOlder: boolean
  canLoadNewer: boolean
  /** What is shown goes up to the newest message. */
  reachedEnd: boolean
  /** A message to be brought before the person's eyes. */
  target: Target | null
}

/** Everything about where the stream stands: opening, staying at the end, loading upwards, what has been seen. */
export function useStreamScroll({
  conversationId,
  rows,
  attentive,
  canLoadOlder,
  canLoadNewer,
  reachedEnd,
  target,
}: StreamScroll) {
  const client = useClient()
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const atEnd = useRef(true)
  const placed = useRef(false)
  const shown = useRef<Target | null>(null)
  const settled = useSettled()
  const [farFromEnd, setFarFromEnd] = useState(false)
  const [stuckDay, setStuckDay] = useState<number | null>(null)

  const toEnd = useCallback(
    () => list.current?.scrollToIndex(rows.length - 1, { align: 'end' }),
    [rows.length],
  )

  const { toMessage, isJumping } = useToMessage(rows, list)

  const look = useCallback(() => {
    const handle = list.current
    if (!handle || !placed.current) return
    const bottom = handle.scrollOffset + handle.viewportSize
    const left = (box.current?.scrollHeight ?? 0) - bottom
    if (settled.current && !isJumping()) atEnd.current = reachedEnd && left < AT_END
    setFarFromEnd(left > FAR_FROM_END)
    setStuckDay(dayAbove(handle, rows))
    if (canLoadOlder && handle.scrollOffset < NEAR_START) void client.loadOlder(conversationId)
    if (canLoadNewer && left < NEAR_START) void client.loadNewer(conversationId)
    if (!attentive) return
    const number = numberAt(rows, atEnd.current ? rows.length : handle.findItemIndex(bottom - 12))
    if (number !== null) client.markSeen(conversationId, number)
  }, [attentive, canLoadOlder, canLoadNewer, reachedEnd, client, conversationId, rows, settled, isJumping])

  // Opens at the unread line, with a little of what came before it, else at the end.
  useLayoutEffect(() => {
    if (placed.current) return
    placed.current = true
    if (target && toMessage(target.number)) {
      shown.current = target
      atEnd.current = false
      return
    }
    const line = rows.findIndex((row) => row.kind === 'new')
    if (line < 0) toEnd()
    else list.current?.scrollToIndex(line, { align: 'start', offset: -120 })
    atEnd.current = line < 0
  }, [rows, toEnd, target, toMessage])

  useLayoutEffect(() => {
    if (!target || shown.current === target || !toMessage(target.number)) return
    shown.current = target
    atEnd.current = false
  }, [target, toMessage])

  const { lastKey, lastIsMine, typing } = endOf(rows)
  useLayoutEffect(() => {
    if (atEnd.current || lastIsMine) toEnd()
  }, [lastKey, lastIsMine, typing, toEnd])

  useEffect(() => {
    const frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [look])

  const onResize = useCallback(() => {
    if (placed.current && atEnd.current) toEnd()
    look()
  }, [look, toEnd])

  return { box, list, farFromEnd, stuckDay, toEnd, onScroll: look, onResize }
}

/** Jumps within what is shown: `toMessage` brings a message to the middle of the screen, and answers false when it is not there. */
function useToMessage(rows: readonly StreamRow[], list: RefObject<VirtualizerHandle | null>) {
  /** A jump is on its way until then: the end where it began is not where the person is. */
  const jumpingUntil = useRef(0)
  const isJumping = useCallback(() => performance.now() < jumpingUntil.current, [])
  const toMessage = useCallback(
    (number: number): boolean => {
      const wanted = rows.findIndex((row) => 'message' in row && row.message.number === number)
      if (wanted < 0) return false
      jumpingUntil.current = performance.now() + SETTLED_AFTER
      list.current?.scrollToIndex(wanted, { align: 'center' })
      return true
    },
    [rows, list],
  )
  return { toMessage, isJumping }
}

/** What stands last, and whether somebody is typing below it. */
function endOf(rows: readonly StreamRow[]) {
  const [last, end] = [rows.at(-2), rows.at(-1)]
  const lastIsMine = last?.kind === 'message' && last.message.number === null
  return { lastKey: last?.key, lastIsMine, typing: end?.kind === 'end' && end.typing }
}

/** True once the first heights were measured. */
function useSettled() {
  const settled = useRef(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      settled.current = true
    }, SETTLED_AFTER)
    return () => clearTimeout(timer)
  }, [])
  return settled
}

/** The day that the topmost visible message belongs to; null while that day's own pill can be seen there. */
function dayAbove(handle: VirtualizerHandle, rows: readonly StreamRow[]): number | null {
  const top = handle.scrollOffset
  if (rows[handle.findItemIndex(top + 44)]?.kind === 'day') return null
  for (let index = handle.findItemIndex(top + 8); index >= 0; index--) {
    const row = rows[index]
    if (row?.kind !== 'day') continue
    return handle.getItemOffset(index) + HEAD_HEIGHT >= top ? null : row.at
  }
  // the day of the topmost message begins among those that are still to come
  const topmost = rows[0]
  return topmost && 'message' in topmost ? topmost.message.sentAt : null
}
