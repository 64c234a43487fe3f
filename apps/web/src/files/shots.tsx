'use client'

import type { MessageView } from '@parley/client/client-api'
import type { File as SharedFile } from '@parley/contracts/files/file'
import { ImageOff, Play, RotateCw } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { durationText, goneText } from './file-text.ts'
import { useOpenViewer } from './viewing.ts'
import { useFileUrl } from './use-file-url.ts'

/** So many show in a bubble; the last of them says how many more there are. */
const SHOWN = 4

interface ShotsProps {
  message: MessageView
  files: readonly SharedFile[]
  control: ReactNode
  meta: ReactNode
}

/** Pictures and videos of a message. */
export function Shots({ message, files, control, meta }: ShotsProps) {
  const shown = files.slice(0, SHOWN)
  const more = files.length - SHOWN
  return (
    <div className="shots" data-count={shown.length}>
      {shown.map((file, index) => (
        <Shot
          key={file.id}
          message={message}
          file={file}
          alone={files.length === 1}
          more={index === SHOWN - 1 && more > 0 ? more : 0}
        />
      ))}
      {control ? <div className="shots-control">{control}</div> : null}
      {meta ? <div className="shots-meta">{meta}</div> : null}
    </div>
  )
}

interface ShotProps {
  message: MessageView
  file: SharedFile
  alone: boolean
  more: number
}

function Shot({ message, file, alone, more }: ShotProps) {
  const t = useText()
  const open = useOpenViewer()
  const { gone, kind, name, blur, duration } = file
  const small = usePreview(message, file)
  if (gone) {
    return (
      <span className="shot gone" style={alone ? shapeOf(file) : undefined} title={goneText(t, file)}>
        <ImageOff className="i l" aria-hidden="true" />
        <span className={alone ? 'text-xs' : 'sr'}>{goneText(t, file)}</span>
      </span>
    )
  }
  const label =
    more > 0
      ? t('files.more', { name, count: String(more) })
      : t(kind === 'video' ? 'files.openVideo' : 'files.open', { name })
  return (
    <button
      type="button"
      className="shot"
      style={alone ? shapeOf(file) : undefined}
      aria-label={label}
      onClick={() => open({ messageId: message.id, fileId: file.id })}
    >
      {blur && small.url === null ? <img className="blur" src={blurUrl(blur)} alt="" /> : null}
      {small.url === null ? null : <img src={small.url} alt="" draggable={false} />}
      {small.failed ? <RotateCw className="i l failed" /> : null}
      {kind === 'video' ? (
        <>
          <span className="play">
            <Play className="i" />
          </span>
          {duration === undefined ? null : <span className="badge-on">{durationText(duration)}</span>}
        </>
      ) : null}
      {file.animated ? <span className="badge-on">GIF</span> : null}
      {more > 0 ? <span className="more">+{more}</span> : null}
    </button>
  )
}

/** The small picture of a file, from this device while it is being sent. */
export function usePreview(message: Pick<MessageView, 'id' | 'conversationId' | 'number'>, file: SharedFile) {
  const waits = message.number === null
  // while it waits a picture is its own preview, and a video has one if this device could make it
  const has = file.preview === true || waits
  const { conversationId, id: messageId, number } = message
  return useFileUrl(
    has && !file.gone ? { conversationId, messageId, number, fileId: file.id, variant: 'preview' } : null,
  )
}

export const blurUrl = (blur: string): string => `data:image/webp;base64,${blur}`

/** As the picture is, within reason: neither a slit nor a tower. */
function shapeOf({ width, height }: SharedFile): CSSProperties {
  const shape = width && height ? width / height : 4 / 3
  return { aspectRatio: String(Math.min(2.2, Math.max(0.7, shape))) }
}
