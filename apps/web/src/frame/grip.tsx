'use client'

import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useText } from '../text/use-text.ts'
import { LIST_WIDTH, LIST_WIDTH_KEY, recall, remember } from '../theme/theme.ts'

const bounded = (width: number) => Math.round(Math.min(LIST_WIDTH.most, Math.max(LIST_WIDTH.least, width)))
const widthNow = () => bounded(Number(recall(LIST_WIDTH_KEY)) || LIST_WIDTH.usual)

/** The list's edge: drag it, or move it with the arrow keys; a double click puts it back. */
export function Grip() {
  const t = useText()
  const grip = useRef<HTMLDivElement>(null)
  const width = useRef(0)

  function show(next: number) {
    width.current = bounded(next)
    document.documentElement.style.setProperty('--size-list', `${width.current}px`)
    grip.current?.setAttribute('aria-valuenow', String(width.current))
  }
  const keep = () => remember(LIST_WIDTH_KEY, String(width.current))

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    const pane = event.currentTarget.parentElement
    if (!pane || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    event.preventDefault()
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    const pane = event.currentTarget.parentElement
    if (!pane || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = pane.getBoundingClientRect()
    show(getComputedStyle(pane).direction === 'rtl' ? box.right - event.clientX : event.clientX - box.left)
  }
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const start = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
    const step = event.key === start ? -16 : event.key.startsWith('Arrow') ? 16 : 0
    if (step === 0 || event.key === 'ArrowUp' || event.key === 'ArrowDown') return
    event.preventDefault()
    show((width.current || widthNow()) + step)
    keep()
  }

  return (
    <div
      ref={grip}
      className="grip"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('nav.resize')}
      aria-valuemin={LIST_WIDTH.least}
      aria-valuemax={LIST_WIDTH.most}
      aria-valuenow={widthNow()}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={keep}
      onDoubleClick={() => {
        show(LIST_WIDTH.usual)
        keep()
      }}
      onKeyDown={onKeyDown}
    />
  )
}
