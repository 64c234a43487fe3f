'use client'

import { useClient } from '@parley/react/parley-provider'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { CopyButton } from '../controls/copy-button.tsx'
import { useText } from '../text/use-text.ts'

/** In the composer's place where nobody would read what is written; what was begun before can still be had. */
export function NobodyReads({ conversationId, name }: { conversationId: string; name: string }) {
  const t = useText()
  const client = useClient()
  const [draft] = useState(() => client.draft(conversationId).trim())
  return (
    <div className="compose">
      <div className="callout" role="note">
        <Lock className="i" />
        <span className="col fill gap-1">
          <bdi>{t('conversation.noAccessNote', { name })}</bdi>
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
