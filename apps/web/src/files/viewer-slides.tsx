'use client'

import { contentPath } from '@parley/contracts/files/paths'
import { useClient } from '@parley/react/parley-provider'
import { CloudOff, LoaderCircle } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useFailureText } from '../controls/failure-text.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/attach.ts'
import type { SharedItem } from './shared-list.ts'
import { blurUrl } from './shots.tsx'
import { useFileUrl } from './use-file-url.ts'

interface SlideProps {
  item: SharedItem
  conversationId: string
  /** The one that is looked at, and not a neighbour. */
  current: boolean
}

/** A picture in full, after the small one that is there at once. */
export function PictureSlide({ item, conversationId, current }: SlideProps) {
  const failureText = useFailureText()
  const { file, messageId, number } = item
  const copy = { conversationId, messageId, number, fileId: file.id }
  const small = useFileUrl(file.preview || number === null ? { ...copy, variant: 'preview' } : null)
  const whole = useFileUrl({ ...copy, variant: 'content' })
  const url = whole.url ?? small.url ?? (file.blur ? blurUrl(file.blur) : null)
  return (
    <div className="viewer-slide">
      {url === null ? null : (
        <img
          className={whole.url === null ? 'small' : undefined}
          src={url}
          alt={file.name}
          width={file.width}
          height={file.height}
          draggable={false}
        />
      )}
      {whole.url === null && !whole.failed && current ? (
        <LoaderCircle className="i l turning" aria-hidden="true" />
      ) : null}
      {whole.failed && current ? (
        <p className="viewer-failed" role="alert">
          <CloudOff className="i" /> {failureText(whole.why)}
        </p>
      ) : null}
    </div>
  )
}

/** A video plays from the server by ranges, so that it begins at once and any place in it is near; while it waits, from this device. */
export function FilmSlide({ item, conversationId, current }: SlideProps) {
  const t = useText()
  const { file, messageId, number } = item
  const copy = { conversationId, messageId, number, fileId: file.id }
  const waits = number === null
  const poster = useFileUrl(file.preview || waits ? { ...copy, variant: 'preview' } : null)
  const local = useFileUrl(waits || !navigator.onLine ? { ...copy, variant: 'content' } : null)
  const client = useClient()
  const [failed, setFailed] = useState<string | null>(null)
  const failureText = useFailureText()
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (!current) video.current?.pause()
  }, [current])
  /** What the server says about its bytes; where it gives them out, it is this browser that cannot read them. */
  const whyNot = async () => {
    if (waits) return t('viewer.videoFailed')
    const head = await fetch(contentPath(file.id), { headers: { range: 'bytes=0-0' } }).catch(() => null)
    if (head?.ok) return t('viewer.videoFailed')
    return client.fileBytes({ ...copy, variant: 'content' }).then(() => t('viewer.failed'), failureText)
  }
  const src = waits ? local.url : (local.url ?? contentPath(file.id))
  return (
    <div className="viewer-slide">
      {failed ? (
        <p className="viewer-failed" role="alert">
          {failed}
        </p>
      ) : (
        <video
          ref={video}
          controls
          playsInline
          autoPlay={current}
          preload={current ? 'auto' : 'none'}
          aria-label={file.name}
          {...(src ? { src } : {})}
          {...(poster.url ? { poster: poster.url } : {})}
          onError={() => void whyNot().then(setFailed)}
        />
      )}
    </div>
  )
}
