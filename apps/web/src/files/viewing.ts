import { createContext, useContext } from 'react'
import type { SharedList } from './shared-list.ts'

/** Which picture or video. */
export interface Shown {
  readonly messageId: string
  readonly fileId: string
}

export interface Viewing {
  readonly open: (shown: Shown) => void
  /** What is loaded of the conversation's files, by kind, for all who show them. */
  readonly lists: Map<string, SharedList>
}

export const ViewingContext = createContext<Viewing>({ open: () => {}, lists: new Map() })

/** Opens a picture or video of the conversation over everything. */
export const useOpenViewer = (): ((shown: Shown) => void) => useContext(ViewingContext).open

export const useLoadedLists = (): Map<string, SharedList> => useContext(ViewingContext).lists
