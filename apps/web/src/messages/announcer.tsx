'use client'

import type { MessageView } from '@parley/client/client-api'
import { useMe, useMembers } from '@parley/react/hooks'
import { useState } from 'react'
import { filesText } from '../files/file-text.ts'
import { usePlain } from '../formatting/preview-text.tsx'
import { useText } from '../text/use-text.ts'
import { useNoticeText } from './notice-text.ts'

/** Reads new messages out to those who do not see them arrive; what was there on opening stays silent. */
export function Announcer({ messages }: { messages: readonly MessageView[] }) {
  const t = useText()
  const me = useMe()
  const members = useMembers()
  const tell = useNoticeText()
  const newest = messages.findLast(
    ({ delivery, senderId, imported }) => delivery === 'received' && senderId !== me?.id && !imported,
  )
  const [known, setKnown] = useState({ number: newest?.number ?? 0, name: '', text: '', line: '' })
  const number = newest?.number ?? 0
  if (newest && number > known.number) {
    const { notice, senderId, text, files } = newest
    const name = members.get(senderId)?.name ?? t('chats.formerMember')
    const line = notice
      ? tell(notice, senderId)
      : text === ''
        ? t('conversation.said', { name, text: filesText(t, files) })
        : ''
    setKnown({ number, name, text, line })
  }
  const { name, text, line } = known
  // nothing is said before it can be said without marks: it would be said twice
  const plain = usePlain(text)
  const said = plain && t('conversation.said', { name, text: plain.slice(0, 300) })
  return (
    <div className="sr" aria-live="polite" aria-atomic="true">
      {line || said}
    </div>
  )
}
