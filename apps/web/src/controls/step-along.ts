import type { KeyboardEvent } from 'react'

/** The arrow keys step from one button to the next in a row of them, Home and End to the first and the last. */
export function stepAlong(event: KeyboardEvent<HTMLElement>): void {
  const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')]
  const here = buttons.indexOf(document.activeElement as HTMLElement)
  const on = rtl ? here - 1 : here + 1
  const back = rtl ? here + 1 : here - 1
  const next = { ArrowRight: on, ArrowLeft: back, Home: 0, End: buttons.length - 1 }[event.key]
  if (next === undefined || here < 0) return
  event.preventDefault()
  buttons[next]?.focus()
}
