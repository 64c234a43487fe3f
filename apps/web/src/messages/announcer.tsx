'use client'

import type { MessageView } from '@parley/client/client-api'
import { useState } from 'react'
import { useText } from '../text/use-text.ts'

/** Reads new messages out to those who do not see them arrive; what was there on opening stays silent. */
export function Announcer({ messages, name }: { messages: readonly MessageView[]; name: string }) {
  const t = useText()
  const newest = messages.findLast((message) => message.delivery === 'received')
  const [known, setKnown] = useState({ number: newest?.number ?? 0, text: '' })
  const number = newest?.number ?? 0
  if (newest && number > known.number) {
    setKnown({ number, text: t('conversation.said', { name, text: newest.text.slice(0, 300) }) })
  }
  return (
    <div className="sr" aria-live="polite" aria-atomic="true">
      {known.text}
    </div>
  )
}
