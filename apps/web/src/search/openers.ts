'use client'

import { createContext, useContext } from 'react'

export interface Openers {
  readonly openPalette: () => void
  readonly openMemberPicker: () => void
}

export const OpenersContext = createContext<Openers | null>(null)

export function useOpeners(): Openers {
  const openers = useContext(OpenersContext)
  if (!openers) throw new Error('useOpeners needs a PaletteProvider above it')
  return openers
}

export const isMac = () => /Mac|iP(hone|ad|od)/.test(navigator.userAgent)
