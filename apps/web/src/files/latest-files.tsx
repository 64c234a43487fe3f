'use client'

import { useConnection } from '@parley/react/hooks'
import { useEffect } from 'react'
import '../text/words/attach.ts'
import { useText } from '../text/use-text.ts'
import { useSharedList } from './use-shared-list.ts'
import { SharedThumb } from './shared-thumb.tsx'

const SHOWN = 4

/** In the details of a chat: its latest pictures, and the way to everything that was shared. */
export function LatestFiles({
  conversationId,
  onShowAll,
}: {
  conversationId: string
  onShowAll: () => void
}) {
  const t = useText()
  const live = useConnection() === 'live'
  const { items, load } = useSharedList(conversationId, 'media')
  useEffect(() => {
    if (live && items.length < SHOWN) void load()
    // once for each time the connection is there
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [live, load])
  return (
    <section className="sect">
      <header>
        <h3>{t('chatFiles.latest')}</h3>
        <button type="button" onClick={onShowAll}>
          {t('chatFiles.all')}
        </button>
      </header>
      {items.length > 0 ? (
        <div className="thumbs">
          {items.slice(0, SHOWN).map((item) => (
            <SharedThumb key={item.file.id} conversationId={conversationId} item={item} />
          ))}
        </div>
      ) : (
        <p className="text-xs text-ink-3">{t('chatFiles.noMedia')}</p>
      )}
    </section>
  )
}
