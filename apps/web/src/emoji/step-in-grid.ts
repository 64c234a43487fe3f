import type { KeyboardEvent } from 'react'

/** The arrow keys step from an emoji that has the focus to the one beside, above or below it; Enter chooses it as any button. */
export function stepInGrid(event: KeyboardEvent<HTMLElement>): void {
  const here = (event.target as HTMLElement).closest('.one')
  const line = here?.parentElement
  if (!here || !line) return
  const lines = [...event.currentTarget.querySelectorAll('.line')].filter((one) => one.role === 'row')
  const [row, column] = [lines.indexOf(line), [...line.children].indexOf(here)]
  const rtl = getComputedStyle(line).direction === 'rtl'
  const step = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[event.key]
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (step === undefined && down === undefined) return
  event.preventDefault()
  const beside = line.children[column + (step ?? 0)]
  const other = lines[row + (down ?? step ?? 0)]?.children
  const next = down === undefined && beside ? beside : placeIn(other, down === undefined ? step : column)
  if (next instanceof HTMLElement) next.focus()
}

/** The one in that column, or the last; at the end of a line, the first or last of the next. */
function placeIn(line: HTMLCollection | undefined, column: number | undefined): Element | undefined {
  if (!line || column === undefined) return undefined
  return line[column < 0 ? line.length - 1 : Math.min(column, line.length - 1)]
}

/** The first emoji of what is in sight has the focus, as soon as its line is drawn. @param frames so long is waited for it */
export function focusFirstInSight(viewport: HTMLElement, frames = 30): void {
  const { top, bottom } = viewport.getBoundingClientRect()
  const isInSight = (line: Element) => {
    const place = line.getBoundingClientRect()
    return place.top >= top && place.bottom <= bottom
  }
  const lines = [...viewport.querySelectorAll('.line')].filter((one) => one.role === 'row')
  const first = lines.find(isInSight)?.querySelector<HTMLElement>('.one')
  if (first) first.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusFirstInSight(viewport, frames - 1))
}
