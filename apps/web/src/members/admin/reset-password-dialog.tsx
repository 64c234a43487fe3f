'use client'

import type { Member } from '@parley/contracts/members/member'
import { useClient } from '@parley/react/parley-provider'
import { useRef, useState } from 'react'
import { Button } from '../../controls/button.tsx'
import { Confirm } from '../../controls/confirm.tsx'
import { CopyButton } from '../../controls/copy-button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { useText } from '../../text/use-text.ts'
import '../../text/words/admin.ts'

/** Asks, then shows the temporary password: once, until the dialog is closed. */
export function ResetPasswordDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const [made, setMade] = useState<string | null>(null)
  // The question closes itself when it is answered; what was made still has to be shown then.
  const answered = useRef(false)
  const { name } = member

  if (made === null) {
    return (
      <Confirm
        title={t('memberActs.resetTitle', { name })}
        lead={t('memberActs.resetHint')}
        act={t('memberActs.resetDo')}
        onConfirm={async () => {
          const { temporaryPassword } = await client.call('resetMemberPassword', {
            params: { memberId: member.id },
          })
          answered.current = true
          setMade(temporaryPassword)
        }}
        onClose={() => (answered.current ? undefined : onClose())}
      />
    )
  }
  return (
    <Dialog
      title={t('memberActs.resetDoneTitle', { name })}
      lead={t('memberActs.resetDoneHint')}
      small
      onClose={onClose}
    >
      <div className="dialog-body pt-4">
        <div className="made m-0">
          <code className="fill select-all wrap-anywhere" dir="ltr">
            {made}
          </code>
          <CopyButton text={made} />
        </div>
      </div>
      <div className="dialog-foot">
        <Button look="primary" data-first onClick={onClose}>
          {t('acts.done')}
        </Button>
      </div>
    </Dialog>
  )
}
