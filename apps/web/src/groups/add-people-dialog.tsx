'use client'

import type { Conversation } from '@parley/contracts/conversations/conversation'
import { useClient } from '@parley/react/parley-provider'
import { useMemo, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { useText } from '../text/use-text.ts'
import { PeopleChoice } from './people-choice.tsx'
import '../text/words/group-pane.ts'

/** Brings colleagues into a group. */
export function AddPeopleDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation
  onClose: () => void
}) {
  const t = useText()
  const client = useClient()
  const failureText = useFailureText()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const without = useMemo(() => new Set(conversation.memberIds), [conversation.memberIds])

  async function add() {
    setBusy(true)
    setFailure(null)
    try {
      const params = { conversationId: conversation.id }
      await client.call('addToGroup', { params, body: { memberIds: [...chosen] } })
      onClose()
    } catch (error) {
      setFailure(failureText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('groupDetails.add')} onClose={onClose}>
      <PeopleChoice chosen={chosen} onChange={setChosen} without={without} />
      <div className="dialog-foot">
        <p className="say bad fill" role="alert">
          {failure}
        </p>
        <Button look="quiet" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
        <Button look="primary" busy={busy} disabled={chosen.size === 0} onClick={() => void add()}>
          {t('groupDetails.addDo', { count: chosen.size })}
        </Button>
      </div>
    </Dialog>
  )
}
