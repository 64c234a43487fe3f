'use client'

import type { Member } from '@parley/contracts/members/member'
import { useClient } from '@parley/react/parley-provider'
import { useCallback, useState } from 'react'
import { Button } from '../../controls/button.tsx'
import { Dialog } from '../../controls/dialog.tsx'
import { useToasts } from '../../controls/toasts.tsx'
import { useLoaded } from '../../controls/use-loaded.ts'
import { SessionList } from '../../sessions/session-list.tsx'
import { useText } from '../../text/use-text.ts'
import '../../text/words/admin.ts'

export function MemberSessionsDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const [busy, setBusy] = useState(false)
  const { id: memberId, name } = member
  const load = useCallback(
    async () => (await client.call('listMemberSessions', { params: { memberId } })).sessions,
    [client, memberId],
  )
  const [sessions, reload] = useLoaded(load)
  const none = sessions.state === 'loaded' && sessions.value.length === 0

  async function endAll() {
    setBusy(true)
    try {
      await client.call('endMemberSessions', { params: { memberId } })
      say(t('memberActs.sessionsEnded', { name }))
      reload()
    } catch (error) {
      warn(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('memberActs.sessionsTitle', { name })} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto pt-2">
        {none ? (
          <p className="px-5 py-6 text-center text-sm text-ink-2">
            <bdi>{t('memberActs.sessionsNone', { name })}</bdi>
          </p>
        ) : (
          <SessionList sessions={sessions} onRetry={reload} />
        )}
      </div>
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {t('acts.close')}
        </Button>
        {sessions.state === 'loaded' && !none ? (
          <Button look="danger-plain" busy={busy} onClick={() => void endAll()}>
            {t('memberActs.sessionsEnd')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  )
}
