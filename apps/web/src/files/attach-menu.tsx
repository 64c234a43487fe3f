'use client'

import { Camera, FileText, Images, Plus } from 'lucide-react'
import { useRef } from 'react'
import { Menu, MenuItem } from '../controls/menu.tsx'
import { useIsTouch } from '../controls/use-media.ts'
import '../text/words/attach.ts'
import { useText } from '../text/use-text.ts'

interface AttachMenuProps {
  onFiles: (files: readonly File[]) => void
}

/** What can be sent: open from the beginning, since it is fetched with the wish for it. */
export function AttachMenu({ onFiles }: AttachMenuProps) {
  const t = useText()
  const isTouch = useIsTouch()
  const media = useRef<HTMLInputElement>(null)
  const documents = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const take = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])]
    // the same one may be chosen again
    input.value = ''
    if (files.length > 0) onFiles(files)
  }
  return (
    <>
      <Menu
        openAtOnce
        side="top"
        align="start"
        label={t('composer.attach')}
        trigger={
          <button
            type="button"
            className="icon-btn"
            aria-label={t('composer.attach')}
            data-tip={t('composer.attach')}
          >
            <Plus className="i l" />
          </button>
        }
      >
        <MenuItem icon={Images} onSelect={() => media.current?.click()}>
          {t('attach.media')}
        </MenuItem>
        {isTouch ? (
          <MenuItem icon={Camera} onSelect={() => camera.current?.click()}>
            {t('attach.camera')}
          </MenuItem>
        ) : null}
        <MenuItem icon={FileText} onSelect={() => documents.current?.click()}>
          {t('attach.document')}
        </MenuItem>
      </Menu>
      <input
        ref={media}
        type="file"
        multiple
        hidden
        accept="image/*,video/*"
        data-attach="media"
        onChange={(event) => take(event.target)}
      />
      <input
        ref={documents}
        type="file"
        multiple
        hidden
        data-attach="documents"
        onChange={(event) => take(event.target)}
      />
      <input
        ref={camera}
        type="file"
        hidden
        accept="image/*"
        capture="environment"
        data-attach="camera"
        onChange={(event) => take(event.target)}
      />
    </>
  )
}
