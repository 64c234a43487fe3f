'use client'

import type { MessageView } from '@parley/client/client-api'
import { contentPath } from '@parley/contracts/files/paths'
import type { File as SharedFile } from '@parley/contracts/files/file'
import { clsx } from 'clsx'
import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { isPlainClick } from '../frame/navigation.ts'
import { useText } from '../text/use-text.ts'
import { documentText, goneText, lookOf, tileText } from './file-text.ts'
import { openDocument } from './open-document.ts'
import { useClient } from '@parley/react/parley-provider'
import { useToasts } from '../controls/toasts.tsx'

interface DocumentCardProps {
  message: Pick<MessageView, 'id' | 'conversationId' | 'number'>
  file: SharedFile
  control?: ReactNode
  meta?: ReactNode
}

/** A document: opened in the browser where that can show it, and saved otherwise. */
export function DocumentCard({ message, file, control = null, meta = null }: DocumentCardProps) {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const waits = message.number === null
  const { conversationId, id: messageId, number } = message
  const says = (
    <>
      <FileTile file={file} />
      <span className="col fill">
        <span className="name cut" dir="auto">
          {file.name}
        </span>
        <span className="about cut">{file.gone ? goneText(t, file) : documentText(t, file)}</span>
      </span>
    </>
  )
  const copy = { conversationId, messageId, number, fileId: file.id, variant: 'content' } as const
  return (
    <>
      <div className="doc">
        {waits || file.gone ? (
          <div className="doc-open">{says}</div>
        ) : (
          <a
            className="doc-open"
            href={contentPath(file.id, { download: !isShown(file) })}
            target="_blank"
            rel="noopener"
            aria-label={t(isShown(file) ? 'files.open' : 'files.download', { name: file.name })}
            onClick={(event) => {
              if (!isPlainClick(event)) return
              event.preventDefault()
              openDocument(client, copy, file, isShown(file)).catch(warn)
            }}
          >
            {says}
          </a>
        )}
        {control}
        {waits || file.gone ? null : (
          <a
            className="icon-btn small"
            href={contentPath(file.id, { download: true })}
            download={file.name}
            aria-label={t('files.download', { name: file.name })}
            data-tip={t('files.download', { name: file.name })}
            onClick={(event) => {
              if (!isPlainClick(event)) return
              event.preventDefault()
              openDocument(client, copy, file, false).catch(warn)
            }}
          >
            <Download className="i m" />
          </a>
        )}
      </div>
      {meta ? <div className="card-meta">{meta}</div> : null}
    </>
  )
}

/** What the browser shows in a viewer of its own, and the server lets it. */
const isShown = ({ type }: SharedFile): boolean => type === 'application/pdf'

export function FileTile({ file }: { file: Pick<SharedFile, 'name' | 'type'> }) {
  return (
    <span className={clsx('file-tile', lookOf(file))} aria-hidden="true">
      {tileText(file)}
    </span>
  )
}
