'use client'

import { useState } from 'react'
import { lazyPart } from './lazy-part.tsx'
import { OwnButton } from './own-button.tsx'

/** The menu's machinery is a sixth of the chat page. */
const OwnMenu = lazyPart(
  () => import('./own-menu.tsx').then((module) => module.OwnMenu),
  <OwnButton aria-haspopup="menu" aria-expanded />,
)

/** The foot of the rail: the own picture, and behind it what concerns only oneself. */
export function OwnCorner() {
  const [wished, setWished] = useState(false)
  if (wished) return <OwnMenu />
  return (
    <OwnButton
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={OwnMenu.fetch}
      onFocus={OwnMenu.fetch}
      onClick={() => setWished(true)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') setWished(true)
      }}
    />
  )
}
