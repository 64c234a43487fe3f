'use client'

import { contentPath } from '@parley/contracts/files/paths'
import { useConversation, useMember } from '@parley/react/hooks'
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import Lightbox, { isImageSlide, type Slide } from 'yet-another-react-lightbox'
import Zoom from 'yet-another-react-lightbox/plugins/zoom'
import 'yet-another-react-lightbox/styles.css'
import '../text/words/attach.ts'
import { MessageText } from '../messages/message-text.tsx'
import { useText } from '../text/use-text.ts'
import { whenShort } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import type { SharedItem } from './shared-list.ts'
import { useSharedList } from './use-shared-list.ts'
import { FilmSlide, PictureSlide } from './viewer-slides.tsx'
import type { Shown } from './viewing.ts'

declare module 'yet-another-react-lightbox' {
  interface SlideTypes {
    shared: { readonly type: 'shared'; readonly item: SharedItem }
    film: { readonly type: 'film'; readonly item: SharedItem }
  }
}

/** So near to the oldest that is loaded, older ones are fetched. */
const NEAR = 3

interface ViewerProps {
  conversationId: string
  first: Shown
  onClose: () => void
}

/** All pictures and videos of a conversation, one at a time, over everything. Oldest to newest, as they were sent. */
export function Viewer({ conversationId, first, onClose }: ViewerProps) {
  const t = useText()
  const { items, load, reachedStart, loading, failed } = useSharedList(conversationId, 'media')
  const [fileId, setFileId] = useState(first.fileId)
  const ordered = useMemo(() => inOrder(items), [items])
  const at = Math.max(
    0,
    ordered.findIndex(({ file }) => file.id === fileId),
  )
  const slides = useMemo(() => ordered.map(slideOf), [ordered])
  const current = ordered[at]
  useReturnFocus()

  useEffect(() => {
    if (at < NEAR && !reachedStart && !loading && !failed) void load()
  }, [at, reachedStart, loading, failed, load])

  if (!current) return null
  return (
    <Lightbox
      open
      close={onClose}
      slides={slides}
      index={at}
      plugins={[Zoom]}
      className="viewer"
      carousel={{ finite: true, preload: 1, padding: 0 }}
      controller={{ closeOnPullDown: true, closeOnBackdropClick: true }}
      animation={{ fade: 120, swipe: 180, zoom: 160 }}
      zoom={{ supports: ['shared'], maxZoom: 6, scrollToZoom: true }}
      on={{ view: ({ index }) => setFileId((before) => ordered[index]?.file.id ?? before) }}
      labels={{
        Lightbox: t('viewer.title'),
        'Photo gallery': t('viewer.title'),
        Close: t('viewer.close'),
        Next: t('viewer.next'),
        Previous: t('viewer.previous'),
        'Zoom in': t('viewer.zoomIn'),
        'Zoom out': t('viewer.zoomOut'),
        '{index} of {total}': t('viewer.place', { at: '{index}', count: '{total}' }),
      }}
      toolbar={{ buttons: [<SaveButton key="save" item={current} />, 'zoom', 'close'] }}
      render={{
        slide: ({ slide, offset }) => shownSlide(slide, conversationId, offset),
        iconClose: () => <X className="i l" />,
        iconNext: () => <ChevronRight className="i l" />,
        iconPrev: () => <ChevronLeft className="i l" />,
        iconZoomIn: () => <ZoomIn className="i l" />,
        iconZoomOut: () => <ZoomOut className="i l" />,
        controls: () => <About item={current} conversationId={conversationId} />,
      }}
    />
  )
}

/** Oldest first; files of one message in their own order. */
function inOrder(items: readonly SharedItem[]): SharedItem[] {
  const place = new Map(items.map((item, index) => [item.file.id, index]))
  return [...items].sort(
    (a, b) =>
      (a.number ?? Infinity) - (b.number ?? Infinity) ||
      a.sentAt - b.sentAt ||
      (place.get(a.file.id) ?? 0) - (place.get(b.file.id) ?? 0),
  )
}

const slideOf = (item: SharedItem): Slide =>
  item.file.kind === 'video' ? { type: 'film', item } : { type: 'shared', item }

function shownSlide(slide: Slide, conversationId: string, offset: number) {
  if (isImageSlide(slide) || !('item' in slide)) return undefined
  const shared = { item: slide.item, conversationId, current: offset === 0 }
  return slide.type === 'film' ? <FilmSlide {...shared} /> : <PictureSlide {...shared} />
}

function SaveButton({ item }: { item: SharedItem }) {
  const t = useText()
  if (item.number === null) return null
  return (
    <a
      className="yarl__button"
      href={contentPath(item.file.id, { download: true })}
      download={item.file.name}
      aria-label={t('viewer.download')}
      title={t('viewer.download')}
    >
      <Download className="i l" />
    </a>
  )
}

/** Who sent it, when, and what was said with it. */
function About({ item, conversationId }: { item: SharedItem; conversationId: string }) {
  const t = useText()
  const now = useNow()
  const sender = useMember(item.senderId)
  const message = useConversation(conversationId)?.messages.find(({ id }) => id === item.messageId)
  const name = item.author ?? sender?.name ?? t('chats.formerMember')
  return (
    <>
      <div className="viewer-about">
        <bdi className="who">{name}</bdi>
        <span className="when">{whenShort(t, item.sentAt, now)}</span>
      </div>
      {message?.text ? (
        <p className="viewer-caption" dir="auto">
          <MessageText text={message.text} mentions={message.mentions} />
        </p>
      ) : null}
    </>
  )
}

/** Back to what was pressed to come here. */
function useReturnFocus(): void {
  useEffect(() => {
    const opener = document.activeElement
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [])
}
