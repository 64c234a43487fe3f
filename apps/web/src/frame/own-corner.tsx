'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { fetchModule } from './fetch-module.ts'
import { OwnButton } from './own-button.tsx'

const fetchMenu = () => fetchModule(() => import('./own-menu.tsx'))

/** Fetched with the first wish for it: the menu's machinery is a sixth of the chat page. */
const OwnMenu = dynamic(() => fetchMenu().then((module) => module.OwnMenu), {
  ssr: false,
  loading: () => <OwnButton aria-haspopup="menu" aria-expanded />,
})

/** The foot of the rail: the own picture, and behind it what concerns only oneself. */
export function OwnCorner() {
  const [wished, setWished] = useState(false)
  const comesNear = () => void fetchMenu()
  if (wished) return <OwnMenu />
  return (
    <OwnButton
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={comesNear}
      onFocus={comesNear}
      onClick={() => setWished(true)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') setWished(true)
      }}
    />
  )
}
