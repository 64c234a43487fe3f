import { useEffect, type RefObject } from 'react'

/** The key has done its work by then, wherever it led. In milliseconds. */
const DONE_AFTER = 100

/**
 * Of all that stands in messages Tab stops at what is in the one that has the focus alone, so that a chat is one stop however long it is;
 * the arrow keys lead from message to message. The others are out of reach for the time of that key.
 * @param box the messages' list
 */
export function useOneStop(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let away: HTMLElement[] = []
    const giveBack = () => {
      for (const row of away) row.inert = false
      away = []
    }
    const onKeyDown = ({ key }: KeyboardEvent) => {
      giveBack()
      if (key !== 'Tab') return
      const rows = box.current?.querySelectorAll<HTMLElement>('.msg-row') ?? []
      away = [...rows].filter((row) => !row.contains(document.activeElement))
      for (const row of away) row.inert = true
      setTimeout(giveBack, DONE_AFTER)
    }
    addEventListener('keydown', onKeyDown, true)
    addEventListener('focusin', giveBack, true)
    return () => {
      giveBack()
      removeEventListener('keydown', onKeyDown, true)
      removeEventListener('focusin', giveBack, true)
    }
  }, [box])
}
