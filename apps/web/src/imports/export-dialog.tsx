'use client'

import { isAllowed } from '@parley/contracts/communication/rules'
import { exportPath } from '@parley/contracts/exports/paths'
import { useCommunication, useMe } from '@parley/react/hooks'
import { Download, Lock } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { State } from '../controls/state.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/moving.ts'

interface ExportDialogProps {
  conversationId: string
  onClose: () => void
}

/** Says what somebody gets before they take a chat away. */
export function ExportDialog({ conversationId, onClose }: ExportDialogProps) {
  const t = useText()
  const me = useMe()
  const { chatExport } = useCommunication()
  const [files, setFiles] = useState(true)
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!me || !isAllowed(chatExport, me.role))
    return (
      <Dialog title={t('moving.export')} small onClose={onClose}>
        <State icon={Lock} title={t('moving.exportNotAllowed')} />
      </Dialog>
    )
  return (
    <Dialog title={t('moving.exportTitle')} lead={t('moving.exportLead')} small onClose={onClose}>
      <div className="dialog-body">
        <label className="check-row">
          <input type="checkbox" checked={files} onChange={({ target }) => setFiles(target.checked)} />
          {t('moving.exportFiles')}
        </label>
      </div>
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
        <a
          className="btn primary"
          data-first
          href={exportPath(conversationId, { timeZone, files })}
          download
          onClick={onClose}
        >
          <Download className="i" />
          {t('moving.exportDo')}
        </a>
      </div>
    </Dialog>
  )
}
