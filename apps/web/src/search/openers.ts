'use client'

import { createContext, useContext } from 'react'

export interface Openers {
  /** @param text to begin with */
  readonly openPalette: (text?: string) => void
  readonly openMemberPicker: () => void
  /** A new group, with these in it from the beginning. */
  readonly openNewGroup: (memberIds?: readonly string[]) => void
}

export const OpenersContext = createContext<Openers | null>(null)

export function useOpeners(): Openers {
  const openers = useContext(OpenersContext)
  if (!openers) throw new Error('useOpeners needs a PaletteProvider above it')
  return openers
}

export const isMac = () => /Mac|iP(hone|ad|od)/.test(navigator.userAgent)
