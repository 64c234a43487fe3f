'use client'

import { ChevronLeft, X } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { isFreeEscape } from '../controls/is-free-escape.ts'
import { useIsPhone } from '../controls/use-media.ts'
import { useText } from '../text/use-text.ts'

interface DetailsPaneProps {
  title: string
  onClose: () => void
  /** Where the pane shows a page of a page. */
  onBack?: (() => void) | null
  /** The children scroll by themselves. */
  bare?: boolean
  children: ReactNode
}

/** Slides in at the end of the page and takes the focus from what opened it; Escape goes back or closes it. */
export function DetailsPane({ title, onClose, onBack = null, bare = false, children }: DetailsPaneProps) {
  const t = useText()
  const isPhone = useIsPhone()
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    // who is writing goes on writing
    if (!document.activeElement?.matches('input, textarea'))
      pane.current?.querySelector<HTMLElement>('header button')?.focus({ preventScroll: true })
  }, [])
  // with the pane itself: a key that is pressed the moment it shows must not be lost
  useLayoutEffect(() => {
    const leave = onBack ?? onClose
    const onKeyDown = (event: KeyboardEvent) => {
      if (isFreeEscape(event)) leave()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [onBack, onClose])
  const closing = { label: t('acts.closeDetails'), onClick: onClose }
  return (
    <>
      {/* Where the pane lies over the page, a click beside it closes it; Escape and the button do the same. */}
      <div className="details-scrim" onClick={onClose} />
      <aside ref={pane} className="details" aria-label={title}>
        <header className="bar">
          {onBack ? (
            <IconButton className="-ms-3" icon={ChevronLeft} flips label={t('acts.back')} onClick={onBack} />
          ) : isPhone ? (
            <IconButton className="-ms-3" icon={ChevronLeft} flips {...closing} />
          ) : null}
          <h2 className="fill text-md font-semibold">{title}</h2>
          {isPhone ? null : <IconButton icon={X} {...closing} />}
        </header>
        {bare ? (
          children
        ) : (
          <div className="scroll" tabIndex={0} role="region" aria-label={title}>
            {children}
          </div>
        )}
      </aside>
    </>
  )
}
