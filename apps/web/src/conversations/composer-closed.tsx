'use client'

import type { ClosedBecause } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { Lock, Megaphone } from 'lucide-react'
import { useState } from 'react'
import { CopyButton } from '../controls/copy-button.tsx'
import { useText } from '../text/use-text.ts'

interface ComposerClosedProps {
  conversationId: string
  because: ClosedBecause
  name: string
  /** What was being typed besides the draft: the new text of a message. */
  begun: string | null
}

const sentences = {
  gone: 'conversation.noAccessNote',
  left: 'groups.leftNote',
  announcements: 'groups.announcementsNote',
} as const

/** In the composer's place where nothing can be written, and why; what was begun before can still be had. */
export function ComposerClosed({ conversationId, because, name, begun }: ComposerClosedProps) {
  const t = useText()
  const client = useClient()
  const [draft] = useState(() => (begun ?? client.draft(conversationId)).trim())
  const Icon = because === 'announcements' ? Megaphone : Lock
  return (
    <div className="compose">
      <div className="callout" role="note">
        <Icon className="i" />
        <span className="col fill gap-1">
          <bdi>{t(sentences[because], { name })}</bdi>
          {draft ? (
            <span className="cut" dir="auto">
              {t('conversation.keptDraft', { text: draft.slice(0, 200) })}
            </span>
          ) : null}
        </span>
        {draft ? <CopyButton text={draft} /> : null}
      </div>
    </div>
  )
}
