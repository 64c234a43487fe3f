'use client'

import '../text/words/message-menu.ts'
import { Pencil, X } from 'lucide-react'
import type { CSSProperties } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { hueOf } from '../members/appearance.ts'
import { QuoteWords, useQuotedName } from '../messages/quote-block.tsx'
import { useText } from '../text/use-text.ts'
import type { About } from './use-writing.ts'

interface ComposerAboutProps {
  about: About
  /** Why it cannot be done, in a sentence. */
  problem?: string | null
  onClose: () => void
}

/** Above the field: the message that is answered or changed. */
export function ComposerAbout({ about, problem = null, onClose }: ComposerAboutProps) {
  const t = useText()
  const { kind, message } = about
  const name = useQuotedName(message.senderId, message.imported?.author)
  const isEdit = kind === 'edit'
  return (
    <div className="reply" style={{ '--h': hueOf(message.senderId) } as CSSProperties}>
      {isEdit ? <Pencil className="i" /> : null}
      <div className="reply-words">
        <QuoteWords
          name={isEdit ? t('messageMenu.editing') : name}
          quote={{ kind: message.deleted ? 'deleted' : 'text', text: message.text }}
        />
        {problem ? (
          <p className="err pt-1" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <IconButton
        icon={X}
        size="small"
        label={t(isEdit ? 'messageMenu.stopEdit' : 'messageMenu.stopReply')}
        onClick={onClose}
      />
    </div>
  )
}
