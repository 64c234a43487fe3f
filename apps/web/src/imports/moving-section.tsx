'use client'

import type { ConversationView } from '@parley/client/client-api'
import { Download, Upload } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/moving.ts'

const ImportDialog = lazyPart(() => import('./import-dialog.tsx').then((module) => module.ImportDialog))
const ExportDialog = lazyPart(() => import('./export-dialog.tsx').then((module) => module.ExportDialog))

/** In the details of a chat: the ways in from another messenger, and out. */
export function MovingSection({ view, isAdmin }: { view: ConversationView; isAdmin: boolean }) {
  const t = useText()
  const [open, setOpen] = useState<'import' | 'export' | null>(null)
  const close = () => setOpen(null)
  return (
    <section className="sect">
      <header>
        <h3>{t('moving.title')}</h3>
      </header>
      <div className="flex flex-wrap gap-2">
        {isAdmin ? (
          <Button icon={Upload} onPointerEnter={ImportDialog.fetch} onClick={() => setOpen('import')}>
            {t('moving.import')}
          </Button>
        ) : null}
        <Button icon={Download} onPointerEnter={ExportDialog.fetch} onClick={() => setOpen('export')}>
          {t('moving.export')}
        </Button>
      </div>
      {open === 'import' ? <ImportDialog conversationId={view.conversation.id} onClose={close} /> : null}
      {open === 'export' ? <ExportDialog conversationId={view.conversation.id} onClose={close} /> : null}
    </section>
  )
}
