'use client'

import dynamic from 'next/dynamic'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'

/** Loaded when first asked for: most visits never open them. */
const Palette = dynamic(() => import('./palette.tsx').then((module) => module.Palette), { ssr: false })
const MemberPicker = dynamic(() => import('../members/member-picker.tsx').then((module) => module.MemberPicker), {
  ssr: false,
})

interface Openers {
  readonly openPalette: () => void
  readonly openMemberPicker: () => void
}

const OpenersContext = createContext<Openers | null>(null)

export function useOpeners(): Openers {
  const openers = useContext(OpenersContext)
  if (!openers) throw new Error('useOpeners needs a PaletteProvider above it')
  return openers
}

export const isMac = () => /Mac|iP(hone|ad|od)/.test(navigator.userAgent)

/** Ctrl/Cmd K from anywhere, and the picker behind "New chat". */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<'palette' | 'members' | null>(null)
  const [openers] = useState<Openers>(() => ({
    openPalette: () => setOpen('palette'),
    openMemberPicker: () => setOpen('members'),
  }))

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const asked = (isMac() ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey
      if (!asked || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setOpen((before) => (before === 'palette' ? null : 'palette'))
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <OpenersContext.Provider value={openers}>
      {children}
      {open === 'palette' ? <Palette onClose={() => setOpen(null)} /> : null}
      {open === 'members' ? <MemberPicker onClose={() => setOpen(null)} /> : null}
    </OpenersContext.Provider>
  )
}
