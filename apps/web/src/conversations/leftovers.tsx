'use client'

import '../text/words/leftover.ts'
import type { Leftover } from '@parley/client/conversations/leftover'
import { useClient } from '@parley/react/parley-provider'
import { Lock } from 'lucide-react'
import { Button } from '../controls/button.tsx'
import { CopyButton } from '../controls/copy-button.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'

/** Above the chats: what was written where one may not write any more. Nothing of it is lost before one says so. */
export function Leftovers({ all }: { all: readonly Leftover[] }) {
  const t = useText()
  return (
    <section className="leftovers" aria-label={t('leftovers.title')}>
      <p className="callout">
        <Lock className="i" />
        <span className="fill">{t('leftovers.why')}</span>
      </p>
      <ul>
        {all.map((one) => (
          <Line key={one.messageId ?? one.conversationId} one={one} />
        ))}
      </ul>
    </section>
  )
}

function Line({ one: { conversationId, messageId, text } }: { one: Leftover }) {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const discard = () => {
    if (messageId === null) client.setDraft(conversationId, '')
    else client.discard(messageId).catch(warn)
  }
  return (
    <li>
      <span className="text-sm wrap-anywhere" dir="auto">
        {text}
      </span>
      <span className="leftover-acts">
        <CopyButton text={text} />
        <Button look="quiet" size="small" onClick={discard}>
          {t('leftovers.discard')}
        </Button>
      </span>
    </li>
  )
}
