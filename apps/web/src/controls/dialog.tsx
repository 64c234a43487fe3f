'use client'

import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './icon-button.tsx'

interface DialogProps {
  title: ReactNode
  /** A sentence under the title, read out with it. */
  lead?: ReactNode
  small?: boolean
  onClose: () => void
  /** Takes the focus when the dialog is gone, where that is not for what opened it. */
  focusAfter?: () => void
  children: ReactNode
}

/** What is marked for it, the first field, or else the dialog itself: never the cross, which only says how to leave. */
function focusWhatIsAsked(event: Event) {
  const content = event.currentTarget as HTMLElement
  const wanted =
    content.querySelector<HTMLElement>('[data-first]') ??
    // files are chosen by a button; their own field is never seen
    content.querySelector<HTMLElement>('input:not([type="file"]), textarea, select')
  event.preventDefault()
  ;(wanted ?? content).focus()
}

/** What the dialog was opened from: the focused control, or the button of the menu it was chosen in. */
function openerNow(): HTMLElement | null {
  const active = document.activeElement
  const menu = active?.closest('[role="menu"]')
  const trigger = menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  return trigger ?? (active instanceof HTMLElement && active !== document.body ? active : null)
}

/**
 * A modal dialog. Mounted means open. The veil is a plain element: Radix' own one writes a <style> element into the
 * page, which the content security policy refuses.
 */
export function Dialog({ title, lead, small, onClose, focusAfter, children }: DialogProps) {
  const t = useText()
  const [opener] = useState(openerNow)
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <div className="scrim" />
        <Radix.Content
          className={clsx('dialog', small && 'small')}
          {...(lead ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusWhatIsAsked}
          onCloseAutoFocus={(event) => {
            if (!focusAfter && !opener?.isConnected) return
            event.preventDefault()
            if (focusAfter) focusAfter()
            else opener?.focus()
          }}
        >
          <header>
            <Radix.Title dir="auto">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon={X} label={t('acts.close')} size="small" />
            </Radix.Close>
          </header>
          {lead ? <Radix.Description className="lead px-5 pt-1">{lead}</Radix.Description> : null}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
