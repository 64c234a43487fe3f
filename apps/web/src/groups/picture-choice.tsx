'use client'

import { PICTURE_UPLOAD } from '@parley/contracts/members/picture-upload'
import { ImageUp, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import { Button } from '../controls/button.tsx'
import { useToasts } from '../controls/toasts.tsx'
import '../text/words/group-pane.ts'
import { useText } from '../text/use-text.ts'

interface PictureChoiceProps {
  /** What there is without a choice. */
  children: ReactNode
  /** The file that was chosen; null for none, `removed` where what there was is to go. */
  chosen: File | 'removed' | null
  onChoose: (chosen: File | 'removed' | null) => void
  /** There is a picture that can be removed. */
  removable: boolean
}

/** A picture to be set with the form that it stands in; nothing is sent before that. */
export function PictureChoice({ children, chosen, onChoose, removable }: PictureChoiceProps) {
  const t = useText()
  const { warn } = useToasts()
  const input = useRef<HTMLInputElement>(null)
  const file = chosen instanceof File ? chosen : null
  const address = useMemo(() => (file ? URL.createObjectURL(file) : null), [file])
  useEffect(() => () => (address ? URL.revokeObjectURL(address) : undefined), [address])
  const shown = file !== null || (removable && chosen === null)
  return (
    <div className="picture-row">
      {address ? <img className="preview square" src={address} alt={t('newGroup.preview')} /> : children}
      <div className="row flex-wrap">
        <Button icon={ImageUp} onClick={() => input.current?.click()}>
          {t('newGroup.choosePicture')}
        </Button>
        {shown ? (
          <Button look="quiet" icon={Trash2} onClick={() => onChoose(removable ? 'removed' : null)}>
            {t('acts.remove')}
          </Button>
        ) : null}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={PICTURE_UPLOAD.types.join(',')}
        aria-label={t('newGroup.choosePicture')}
        onChange={(event) => {
          const next = event.target.files?.[0]
          if (next && next.size > PICTURE_UPLOAD.maxBytes) warn(t('newGroup.tooLarge'))
          else if (next) onChoose(next)
          // so that the same file can be chosen again
          event.target.value = ''
        }}
      />
    </div>
  )
}
