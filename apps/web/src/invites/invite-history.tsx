'use client'

import type { Invite } from '@parley/contracts/invites/invite'
import { useInvites, useMember } from '@parley/react/hooks'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useText } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { InviteName } from './invite-name.tsx'
import '../text/words/admin.ts'

/** What became of invites that are over; folded away until asked for. */
export function InviteHistory() {
  const t = useText()
  const [open, setOpen] = useState(false)
  const over = useInvites()
    .filter((invite) => invite.state !== 'pending')
    .sort((a, b) => (b.usedAt ?? b.createdAt) - (a.usedAt ?? a.createdAt))
  if (over.length === 0) return null
  return (
    <section>
      <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight className="i m flips" />
        {t('invites.history', { count: over.length })}
      </button>
      {open ? (
        <ul className="card clip mt-2">
          {over.slice(0, 200).map((invite) => (
            <OverItem key={invite.id} invite={invite} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function OverItem({ invite }: { invite: Invite }) {
  const t = useText()
  const now = useNow()
  const user = useMember(invite.usedBy)
  const when = whenWithin(t, invite.usedAt ?? invite.createdAt, now)
  return (
    <li className="item">
      <span className="fill">
        <InviteName invite={invite} />
      </span>
      <span className="text-ink-2">
        {invite.state === 'revoked' ? (
          t('invites.wasRevoked')
        ) : user ? (
          <bdi>{t('invites.usedBy', { name: user.name, when })}</bdi>
        ) : (
          t('invites.usedBySomebody', { when })
        )}
      </span>
    </li>
  )
}
