'use client'

import { useState, type ReactNode } from 'react'
import { useFailureText } from './failure-text.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmProps {
  title: ReactNode
  lead: ReactNode
  act: string
  cancel?: string
  danger?: boolean
  /** What follows is shown in its place, so it does not close by itself. */
  goesOn?: boolean
  /** The dialog closes when it resolves, and says why when it does not. */
  onConfirm: () => Promise<void>
  onClose: () => void
}

export function Confirm({
  title,
  lead,
  act,
  cancel,
  danger = false,
  goesOn = false,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const t = useText()
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function confirm() {
    setBusy(true)
    setFailure(null)
    try {
      await onConfirm()
      if (!goesOn) onClose()
    } catch (error) {
      setFailure(failureText(error))
      setBusy(false)
    }
  }

  return (
    <Dialog title={title} lead={lead} small onClose={onClose}>
      <div className="dialog-foot">
        {failure ? (
          <p className="say bad w-full" role="alert">
            {failure}
          </p>
        ) : null}
        <Button look="quiet" data-first onClick={onClose}>
          {cancel ?? t('acts.cancel')}
        </Button>
        <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
          {act}
        </Button>
      </div>
    </Dialog>
  )
}
