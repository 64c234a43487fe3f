'use client'

import { useEffect, useState, type ReactNode } from 'react'
import { isMac, OpenersContext, type Openers } from './openers.ts'
import { lazyPart } from '../frame/lazy-part.tsx'

const Palette = lazyPart(() => import('./palette.tsx').then((module) => module.Palette))
const MemberPicker = lazyPart(() =>
  import('../members/member-picker.tsx').then((module) => module.MemberPicker),
)

const NewGroupDialog = lazyPart(() =>
  import('../groups/new-group-dialog.tsx').then((module) => module.NewGroupDialog),
)

type Open = { readonly palette: string } | { readonly members: true } | { readonly group: readonly string[] }

/** Ctrl/Cmd K from anywhere, the picker behind "New chat", and new groups. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Open | null>(null)
  const [openers] = useState<Openers>(() => ({
    openPalette: (text = '') => setOpen({ palette: text }),
    openMemberPicker: () => setOpen({ members: true }),
    openNewGroup: (memberIds = []) => setOpen({ group: memberIds }),
  }))

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const asked = (isMac() ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey
      if (!asked || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setOpen((before) => (before && 'palette' in before ? null : { palette: '' }))
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <OpenersContext.Provider value={openers}>
      {children}
      {open && 'palette' in open ? <Palette text={open.palette} onClose={() => setOpen(null)} /> : null}
      {open && 'members' in open ? <MemberPicker onClose={() => setOpen(null)} /> : null}
      {open && 'group' in open ? (
        <NewGroupDialog memberIds={open.group} onClose={() => setOpen(null)} />
      ) : null}
    </OpenersContext.Provider>
  )
}
