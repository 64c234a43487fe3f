'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'

const SHOWN_AFTER = 500
const GAP = 6

interface Shown {
  readonly text: string
  readonly over: HTMLElement
}

/**
 * One tooltip for the whole page, for whatever carries `data-tip`. It only repeats or explains what a control's own
 * label says already, so it is silent to screen readers; a long list pays nothing for it per row.
 */
export function TipLayer() {
  const [shown, setShown] = useState<Shown | null>(null)
  const tip = useRef<HTMLDivElement>(null)

  useEffect(() => watchTips(setShown), [])
  useLayoutEffect(() => {
    if (shown && tip.current) place(tip.current, shown.over)
  }, [shown])

  if (!shown) return null
  return (
    <div ref={tip} className="tip" data-tip-layer aria-hidden="true" dir="auto">
      {shown.text}
    </div>
  )
}

const closest = (target: EventTarget | null, selector: string) =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null

/** Shows after a pause under the pointer, or at once with the keyboard; goes with the next press, key or scroll. */
function watchTips(show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The last key was one that moves the focus. */
  let stepped = false
  const onKey = ({ key }: KeyboardEvent) => {
    stepped = key === 'Tab' || key.startsWith('Arrow')
    hide()
  }
  const hide = () => {
    clearTimeout(timer)
    show(null)
  }
  const offer = (over: HTMLElement, after: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const text = over.dataset['tip']
      if (text && over.isConnected) show({ text, over })
    }, after)
  }
  const onOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || closest(event.target, '[data-tip-layer]')) return
    const over = closest(event.target, "[data-tip]:not([aria-expanded='true'])")
    if (over) offer(over, SHOWN_AFTER)
    else hide()
  }
  const onFocus = (event: FocusEvent) => {
    // what opens gives the focus to a control of its own, which nobody asked about
    if (!stepped) return
    const over = closest(event.target, "[data-tip]:not([aria-expanded='true'])")
    if (over?.matches(':focus-visible')) offer(over, SHOWN_AFTER)
  }
  const listeners = {
    pointerover: onOver,
    focusin: onFocus,
    focusout: hide,
    pointerdown: hide,
    keydown: onKey,
    scroll: hide,
  }
  for (const [name, listener] of Object.entries(listeners)) {
    document.addEventListener(name, listener as EventListener, { capture: true, passive: true })
  }
  return () => {
    clearTimeout(timer)
    for (const [name, listener] of Object.entries(listeners)) {
      document.removeEventListener(name, listener as EventListener, { capture: true })
    }
  }
}

/** Under its control, or above where there is no room; never past the window's edge. */
function place(tip: HTMLElement, over: HTMLElement): void {
  const control = over.getBoundingClientRect()
  const size = tip.getBoundingClientRect()
  const below = control.bottom + GAP + size.height < innerHeight
  const left = Math.min(
    Math.max(8, control.left + (control.width - size.width) / 2),
    innerWidth - size.width - 8,
  )
  tip.style.left = `${left}px`
  tip.style.top = `${below ? control.bottom + GAP : control.top - GAP - size.height}px`
}
