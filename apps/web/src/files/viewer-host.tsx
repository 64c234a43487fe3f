'use client'

import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { lazyPart } from '../frame/lazy-part.tsx'
import { ViewingContext, type Shown, type Viewing } from './viewing.ts'

const Viewer = lazyPart(() => import('./viewer.tsx').then((module) => module.Viewer))

/** Around all that shows files of one conversation; null while none is open. */
export function ViewerHost({
  conversationId,
  children,
}: {
  conversationId: string | null
  children: ReactNode
}) {
  const [opened, setOpened] = useState<{ readonly of: string | null; readonly shown: Shown } | null>(null)
  const close = useCallback(() => setOpened(null), [])
  // with another conversation everything begins anew
  const viewing = useMemo<Viewing>(
    () => ({ open: (shown) => setOpened({ of: conversationId, shown }), lists: new Map() }),
    [conversationId],
  )
  return (
    <ViewingContext.Provider value={viewing}>
      {children}
      {opened && conversationId && opened.of === conversationId ? (
        <Viewer conversationId={conversationId} first={opened.shown} onClose={close} />
      ) : null}
    </ViewingContext.Provider>
  )
}
