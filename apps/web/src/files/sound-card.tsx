'use client'

import type { MessageView } from '@parley/client/client-api'
import type { File as SharedFile } from '@parley/contracts/files/file'
import { useConversation } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Download, Music, Pause, Play } from 'lucide-react'
import { contentPath } from '@parley/contracts/files/paths'
import type { ReactNode } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { durationText, goneText, sizeText } from './file-text.ts'
import { nextVoice } from './next-voice.ts'
import { player, usePlaying, useVoiceSpeed } from './player.ts'
import { Wave } from './wave.tsx'

interface SoundCardProps {
  message: Pick<MessageView, 'id' | 'conversationId' | 'number'>
  file: SharedFile
  senderName: string
  control?: ReactNode
  meta?: ReactNode
}

/** A voice message with its waveform, or a piece of music; both play in place, one at a time. */
export function SoundCard({ message, file, senderName, control = null, meta = null }: SoundCardProps) {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const view = useConversation(message.conversationId)
  const playing = usePlaying(file.id)
  const duration = playing?.duration ?? file.duration ?? 0
  const isVoice = file.kind === 'voice'
  const name = isVoice
    ? t('files.playVoice', { name: senderName, duration: durationText(duration) })
    : file.name
  const label = playing?.runs ? t('files.pause') : isVoice ? name : t('files.playAudio', { name })

  function toggle() {
    const { conversationId, id: messageId } = message
    player
      .toggle({
        file,
        messageId,
        stream: !isVoice && message.number !== null && navigator.onLine ? contentPath(file.id) : null,
        load: async () =>
          (await client.fileBytes({
            conversationId,
            messageId,
            number: message.number,
            fileId: file.id,
            variant: 'content',
          })) as Blob,
        next: () => (isVoice && view ? nextVoice(client, view, messageId) : null),
      })
      .catch(warn)
  }

  if (file.gone)
    return (
      <div className="sound gone">
        <span className="fill">{goneText(t, file)}</span>
        {meta}
      </div>
    )
  return (
    <div className={isVoice ? 'sound voice' : 'sound'}>
      <button type="button" className="play" aria-label={label} onClick={toggle}>
        {playing?.runs ? <Pause className="i" /> : <Play className="i" />}
      </button>
      <div className="sound-body">
        {isVoice ? null : (
          <span className="name cut" dir="auto">
            <Music className="i m" /> {file.name}
          </span>
        )}
        <Wave
          bars={file.waveform ?? null}
          at={playing?.at ?? 0}
          duration={duration}
          label={t('files.position', { name })}
          onSeek={playing ? (at) => player.seek(file.id, at) : null}
        />
        <div className="sound-line">
          <span>
            {playing ? `${durationText(playing.at)} / ${durationText(duration)}` : durationText(duration)}
            {isVoice ? '' : ` · ${sizeText(file.size)}`}
          </span>
          {meta}
        </div>
      </div>
      {control ?? <SoundEnd file={file} isVoice={isVoice} waits={message.number === null} />}
    </div>
  )
}

interface SoundEndProps {
  file: SharedFile
  isVoice: boolean
  waits: boolean
}

/** Beside the waveform: how fast it plays; of music, the way to keep it. */
function SoundEnd({ file, isVoice, waits }: SoundEndProps) {
  const t = useText()
  const speed = useVoiceSpeed()
  if (isVoice) {
    return (
      <button
        type="button"
        className="speed"
        aria-label={t('files.speed', { speed: `${speed}×` })}
        onClick={() => player.faster()}
      >
        {new Intl.NumberFormat().format(speed)}×
      </button>
    )
  }
  if (waits) return null
  return (
    <a
      className="icon-btn small"
      href={contentPath(file.id, { download: true })}
      download={file.name}
      aria-label={t('files.download', { name: file.name })}
      data-tip={t('files.download', { name: file.name })}
    >
      <Download className="i m" />
    </a>
  )
}
