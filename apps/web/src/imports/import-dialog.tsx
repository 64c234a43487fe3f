'use client'

import type { ImportPreview } from '@parley/contracts/imports/chat-import'
import { useClient } from '@parley/react/parley-provider'
import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { sizeText } from '../files/file-text.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/moving.ts'
import { EarlierImports } from './earlier-imports.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ReviewImport } from './review-import.tsx'

interface ImportDialogProps {
  conversationId: string
  onClose: () => void
}

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'upload'; readonly file: File; readonly sent: number }
  | { readonly at: 'review'; readonly fileId: string; readonly preview: ImportPreview }

/** From the file that WhatsApp makes to the messages in the group: chosen, uploaded, looked at, imported. */
export function ImportDialog({ conversationId, onClose }: ImportDialogProps) {
  const t = useText()
  const client = useClient()
  const failureText = useFailureText()
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const [failure, setFailure] = useState<string | null>(null)
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
    }
  }, [])

  async function take(file: File) {
    setFailure(null)
    setStep({ at: 'upload', file, sent: 0 })
    try {
      const onProgress = (sent: number) => setStep({ at: 'upload', file, sent })
      const isOver = () => left.current
      const fileId = await client.uploadFile({ bytes: file, name: file.name, onProgress, isOver })
      if (fileId === null || left.current) return
      setStep({ at: 'upload', file, sent: file.size })
      const preview = await client.call('previewImport', { params: { conversationId }, body: { fileId } })
      setStep({ at: 'review', fileId, preview })
    } catch (error) {
      setFailure(failureText(error))
      setStep({ at: 'choose' })
    }
  }
  return (
    <Dialog title={t('moving.import')} onClose={onClose}>
      {step.at === 'review' ? (
        <ReviewImport
          conversationId={conversationId}
          fileId={step.fileId}
          preview={step.preview}
          onBack={() => setStep({ at: 'choose' })}
          onStarted={() => setStep({ at: 'choose' })}
        />
      ) : (
        <div className="dialog-body">
          {step.at === 'choose' ? (
            <ChooseFile failure={failure} onChoose={(file) => void take(file)} />
          ) : (
            <ImportProgress
              label={
                step.sent < step.file.size
                  ? t('importing.uploading', { name: step.file.name })
                  : t('importing.reading')
              }
              value={step.sent}
              max={step.file.size}
              said={t('importing.uploaded', { sent: sizeText(step.sent), size: sizeText(step.file.size) })}
            />
          )}
          {step.at === 'choose' ? <EarlierImports conversationId={conversationId} /> : null}
        </div>
      )}
    </Dialog>
  )
}

function ChooseFile({ failure, onChoose }: { failure: string | null; onChoose: (file: File) => void }) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  function onDrop(event: DragEvent) {
    event.preventDefault()
    const [file] = event.dataTransfer.files
    if (file) onChoose(file)
  }
  return (
    <>
      <p className="lead">{t('importing.lead')}</p>
      <div className="drop-zone" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <Button look="primary" icon={FileUp} data-first onClick={() => input.current?.click()}>
          {t('importing.choose')}
        </Button>
        <span className="text-xs text-ink-3 max-md:hidden">{t('importing.drop')}</span>
        <input
          ref={input}
          type="file"
          accept=".zip,.txt,application/zip,text/plain"
          className="hidden"
          aria-label={t('importing.choose')}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file) onChoose(file)
            target.value = ''
          }}
        />
      </div>
      {failure ? (
        <p className="say bad mt-3" role="alert">
          {failure}
        </p>
      ) : null}
    </>
  )
}
