'use client'

import type { ConversationView } from '@parley/client/client-api'
import type { Member } from '@parley/contracts/members/member'
import { useClient } from '@parley/react/parley-provider'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/group-pane.ts'

interface RemoveFromGroupProps {
  view: ConversationView
  member: Member
  onClose: () => void
}

/** Asks what becomes of what they have read. */
export function RemoveFromGroup({ view, member, onClose }: RemoveFromGroupProps) {
  const t = useText()
  const client = useClient()
  const failureText = useFailureText()
  const [keepsHistory, setKeepsHistory] = useState(true)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const { name } = member
  const { id: conversationId, group } = view.conversation

  async function remove() {
    setBusy(true)
    setFailure(null)
    try {
      const body = { memberId: member.id, keepsHistory }
      await client.call('removeFromGroup', { params: { conversationId }, body })
      onClose()
    } catch (error) {
      setFailure(failureText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('groupDetails.removeTitle', { name, group: group?.name ?? '' })}
      lead={t('groupDetails.removeHint', { name })}
      small
      onClose={onClose}
    >
      <div className="dialog-body">
        <fieldset className="options">
          <legend className="mb-2 text-sm font-medium">{t('groupDetails.removeWhat')}</legend>
          {([true, false] as const).map((keeps) => (
            <label key={String(keeps)}>
              <input
                type="radio"
                name="keeps"
                checked={keepsHistory === keeps}
                onChange={() => setKeepsHistory(keeps)}
              />
              <span className="col">
                <span className="font-medium">
                  {t(keeps ? 'groupDetails.removeKeeps' : 'groupDetails.removeLoses', { name })}
                </span>
                <span className="hint">
                  {t(keeps ? 'groupDetails.removeKeepsHint' : 'groupDetails.removeLosesHint')}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      </div>
      <div className="dialog-foot">
        <p className="say bad fill" role="alert">
          {failure}
        </p>
        <Button look="quiet" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
        <Button look="danger" busy={busy} onClick={() => void remove()}>
          {t('groupDetails.removeDo')}
        </Button>
      </div>
    </Dialog>
  )
}
