'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useText } from '../text/use-text.ts'
import { useMayShare } from './use-may-share.ts'

interface AttachButtonProps {
  onFiles: (files: readonly File[]) => void
}

const AttachMenu = lazyPart(
  () => import('./attach-menu.tsx').then((module) => module.AttachMenu),
  <PlainButton open />,
)

/** The way to files, at the composer's start; what it opens is fetched with the wish for it. */
export function AttachButton({ onFiles }: AttachButtonProps) {
  const t = useText()
  const { warn } = useToasts()
  const may = useMayShare()
  const [wished, setWished] = useState(false)
  if (!may) {
    return (
      <button
        type="button"
        className="icon-btn"
        aria-label={t('composer.attach')}
        aria-disabled
        onClick={() => warn(t('composer.mayNotAttach'))}
        data-tip={t('composer.mayNotAttach')}
        aria-describedby="may-not-attach"
      >
        <Plus className="i l" />
        <span id="may-not-attach" className="sr-only">
          {t('composer.mayNotAttach')}
        </span>
      </button>
    )
  }
  if (wished) return <AttachMenu onFiles={onFiles} />
  return <PlainButton onNear={AttachMenu.fetch} onPress={() => setWished(true)} />
}

function PlainButton({
  open = false,
  onNear,
  onPress,
}: {
  open?: boolean
  onNear?: () => void
  onPress?: () => void
}) {
  const t = useText()
  return (
    <button
      type="button"
      className="icon-btn"
      aria-label={t('composer.attach')}
      data-tip={t('composer.attach')}
      aria-haspopup="menu"
      aria-expanded={open}
      onPointerEnter={onNear}
      onFocus={onNear}
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') onPress?.()
      }}
    >
      <Plus className="i l" />
    </button>
  )
}
