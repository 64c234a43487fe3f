'use client'

import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'
import { lazyPart } from '../frame/lazy-part.tsx'
import type { SharedList } from './shared-list.ts'

const Viewer = lazyPart(() => import('./viewer.tsx').then((module) => module.Viewer))

/** Which picture or video. */
export interface Shown {
  readonly messageId: string
  readonly fileId: string
}

interface Viewing {
  readonly open: (shown: Shown) => void
  /** What is loaded of the conversation's files, by kind, for all who show them. */
  readonly lists: Map<string, SharedList>
}

const ViewingContext = createContext<Viewing>({ open: () => {}, lists: new Map() })

/** Opens a picture or video of the conversation over everything. */
export const useOpenViewer = (): ((shown: Shown) => void) => useContext(ViewingContext).open

export const useLoadedLists = (): Map<string, SharedList> => useContext(ViewingContext).lists

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
