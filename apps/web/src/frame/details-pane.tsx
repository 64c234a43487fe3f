'use client'

import { ChevronLeft, X } from 'lucide-react'
import { useLayoutEffect, type ReactNode } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsPhone } from '../controls/use-media.ts'
import { useText } from '../text/use-text.ts'

/** Slides in at the end of the page; Escape closes it. */
export function DetailsPane({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ReactNode
}) {
  const t = useText()
  const isPhone = useIsPhone()
  // with the pane itself: a key that is pressed the moment it shows must not be lost
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // An open menu, dialog or tooltip takes Escape for itself.
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        !document.querySelector('[role="dialog"], [role="menu"]')
      )
        onClose()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [onClose])
  const closing = { label: t('acts.closeDetails'), onClick: onClose }
  return (
    <>
      {/* Where the pane lies over the page, a click beside it closes it; Escape and the button do the same. */}
      <div className="details-scrim" onClick={onClose} />
      <aside className="details" aria-label={title}>
        <header className="bar">
          {isPhone ? <IconButton className="-ms-3" icon={ChevronLeft} flips {...closing} /> : null}
          <h2 className="fill text-md font-semibold">{title}</h2>
          {isPhone ? null : <IconButton icon={X} {...closing} />}
        </header>
        <div className="scroll" tabIndex={0} role="region" aria-label={title}>
          {children}
        </div>
      </aside>
    </>
  )
}
