'use client'

import { Play } from 'lucide-react'
import { useText } from '../text/use-text.ts'
import { durationText } from './file-text.ts'
import type { SharedItem } from './shared-list.ts'
import { blurUrl, usePreview } from './shots.tsx'
import { useOpenViewer } from './viewing.ts'

/** A square piece of a picture or video; opens it. */
export function SharedThumb({ conversationId, item }: { conversationId: string; item: SharedItem }) {
  const t = useText()
  const open = useOpenViewer()
  const { messageId, number, file } = item
  const { url } = usePreview({ id: messageId, conversationId, number }, file)
  const isVideo = file.kind === 'video'
  return (
    <button
      type="button"
      className="thumb"
      aria-label={t(isVideo ? 'files.openVideo' : 'files.open', { name: file.name })}
      onClick={() => open({ messageId, fileId: file.id })}
    >
      {url || file.blur ? (
        <img className={url ? undefined : 'blur'} src={url ?? blurUrl(file.blur ?? '')} alt="" />
      ) : null}
      {isVideo ? (
        <span className="badge-on">
          <Play className="i" />
          {file.duration === undefined ? null : durationText(file.duration)}
        </span>
      ) : null}
    </button>
  )
}
