'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import { useClient } from '@parley/react/parley-provider'
import { useEffect, useState } from 'react'
import { Dialog } from '../controls/dialog.tsx'
import { useText } from '../text/use-text.ts'
import { longDateTime } from '../time/format.ts'

type Edits = RouteResponse<Routes['listEdits']>['edits']

/** What a message said before each of its edits, the present text first: for admins. */
export function EditsDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const t = useText()
  const { edits, failure } = useEdits(message)
  const versions = edits?.map(({ text }, index) => ({ text, at: edits[index - 1]?.at ?? message.sentAt }))
  const present = { text: message.text, at: edits?.at(-1)?.at ?? message.sentAt }
  return (
    <Dialog title={t('messageMenu.edits')} small onClose={onClose}>
      <p className="px-5 pt-1 pb-2 text-ink-3">{t('messageMenu.editsLead')}</p>
      {failure === null ? (
        <ol className="edits" aria-busy={!versions}>
          {[present, ...(versions ?? []).toReversed()].map(({ text, at }, index) => (
            <li key={index}>
              <time dateTime={new Date(at).toISOString()}>{longDateTime(at)}</time>
              <p dir="auto">{text}</p>
            </li>
          ))}
        </ol>
      ) : (
        <p className="px-5 pb-5" role="alert">
          {failure}
        </p>
      )}
    </Dialog>
  )
}

function useEdits({ id: messageId, text }: MessageView) {
  const client = useClient()
  const [known, setKnown] = useState<{ edits: Edits | null; failure: string | null }>({
    edits: null,
    failure: null,
  })
  useEffect(() => {
    let over = false
    client.call('listEdits', { params: { messageId } }).then(
      ({ edits }) => (over ? undefined : setKnown({ edits, failure: null })),
      (error: unknown) =>
        over ? undefined : setKnown({ edits: null, failure: error instanceof Error ? error.message : '' }),
    )
    return () => {
      over = true
    }
    // what it says now is one more version
  }, [client, messageId, text])
  return known
}
