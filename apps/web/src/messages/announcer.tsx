'use client'

import type { MessageView } from '@parley/client/client-api'
import { useMe, useMembers } from '@parley/react/hooks'
import { useState } from 'react'
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
  const [known, setKnown] = useState({ number: newest?.number ?? 0, text: '' })
  const number = newest?.number ?? 0
  if (newest && number > known.number) {
    const { notice, senderId } = newest
    const name = members.get(senderId)?.name ?? t('chats.formerMember')
    const text = notice
      ? tell(notice, senderId)
      : t('conversation.said', { name, text: newest.text.slice(0, 300) })
    setKnown({ number, text })
  }
  return (
    <div className="sr" aria-live="polite" aria-atomic="true">
      {known.text}
    </div>
  )
}
