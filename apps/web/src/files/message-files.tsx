'use client'

import type { MessageView } from '@parley/client/client-api'
import type { ReactNode } from 'react'
import { DocumentCard } from './document-card.tsx'
import { Shots } from './shots.tsx'
import { SoundCard } from './sound-card.tsx'
import { TransferControl } from './transfer-control.tsx'

interface MessageFilesProps {
  message: MessageView
  senderName: string
  /** The time and the ticks, where no words follow that would carry them. */
  meta: ReactNode
}

/** What a message carries: pictures and videos in a grid, everything else in cards below one another. */
export function MessageFiles({ message, senderName, meta }: MessageFilesProps) {
  const { files } = message
  const shots = files.filter(({ kind }) => kind === 'picture' || kind === 'video')
  const cards = files.filter(({ kind }) => kind !== 'picture' && kind !== 'video')
  const control = message.number === null ? <TransferControl message={message} /> : null
  return (
    <>
      {shots.length > 0 ? (
        <Shots message={message} files={shots} control={control} meta={cards.length > 0 ? null : meta} />
      ) : null}
      {cards.map((file, index) => {
        const shared = {
          message,
          file,
          control: shots.length === 0 && index === 0 ? control : null,
          meta: index === cards.length - 1 ? meta : null,
        }
        return file.kind === 'document' ? (
          <DocumentCard key={file.id} {...shared} />
        ) : (
          <SoundCard key={file.id} {...shared} senderName={senderName} />
        )
      })}
    </>
  )
}
