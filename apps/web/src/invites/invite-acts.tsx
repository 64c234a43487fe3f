'use client'

import type { Invite } from '@parley/contracts/invites/invite'
import { useClient } from '@parley/react/parley-provider'
import { Copy, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Confirm } from '../controls/confirm.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { useNow } from '../time/use-now.ts'
import { inviteLink } from './invite-link.ts'
import type { InviteItemProps } from './invite-item.ts'
import '../text/words/admin.ts'

/** How long a link of this invite works; a fresh one is given the same time again. */
const daysOf = ({ createdAt, expiresAt }: Invite) => Math.round((expiresAt - createdAt) / 86_400_000)

/** Links are stored hashed, so copying one means making a fresh one and ending the old; each act says so. */
export function InviteActs({ invite, mailWorks, onMade }: InviteItemProps) {
  const t = useText()
  const client = useClient()
  const now = useNow()
  const { say } = useToasts()
  const { busy, renew } = useRenew({ invite, mailWorks, onMade })
  const [revoking, setRevoking] = useState(false)
  const expired = invite.expiresAt <= now

  return (
    <span className="row flex-wrap justify-end gap-0.5">
      <Button
        size="small"
        icon={expired ? RotateCw : Copy}
        busy={busy}
        title={t('invites.copyLinkHint', { count: daysOf(invite) })}
        onClick={() => void renew(false)}
      >
        {expired ? t('invites.newLink') : t('invites.copyLink')}
      </Button>
      {invite.email && mailWorks ? (
        <Button look="quiet" size="small" onClick={() => void renew(true)}>
          {t('invites.sendAgain')}
        </Button>
      ) : null}
      <IconButton icon={X} size="small" label={t('invites.revoke')} onClick={() => setRevoking(true)} />
      {revoking ? (
        <Confirm
          title={t('invites.revokeTitle')}
          lead={t('invites.revokeHint')}
          act={t('invites.revokeDo')}
          danger
          onConfirm={async () => {
            await client.call('revokeInvite', { params: { inviteId: invite.id } })
            say(t('invites.revoked'))
          }}
          onClose={() => setRevoking(false)}
        />
      ) : null}
    </span>
  )
}

function useRenew({ invite, onMade }: InviteItemProps) {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const [busy, setBusy] = useState(false)

  async function renew(send: boolean) {
    setBusy(true)
    try {
      const fresh = await client.call('renewInvite', { params: { inviteId: invite.id }, body: { send } })
      const link = inviteLink(fresh.token)
      const show = () =>
        onMade({
          inviteId: invite.id,
          link,
          mailedTo: fresh.mailed ? invite.email : null,
          days: daysOf(fresh.invite),
          createdAt: fresh.invite.createdAt,
        })
      if (send && fresh.mailed) say(t('invites.sentAgain', { email: invite.email ?? '' }))
      else if (send) {
        warn(t('invites.notMailed'))
        show()
      } else {
        // Where the browser refuses to copy, the link is shown instead: it cannot be had again.
        await navigator.clipboard
          .writeText(link)
          .then(() => say(t('invites.freshCopied', { count: daysOf(fresh.invite) })), show)
      }
    } catch (error) {
      warn(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, renew }
}
