'use client'

import type { Invite } from '@parley/contracts/invites/invite'
import { Link2, Mail } from 'lucide-react'
import { useText } from '../text/use-text.ts'
import '../text/words/admin.ts'

export function InviteName({ invite }: { invite: Invite }) {
  const t = useText()
  const Icon = invite.email ? Mail : Link2
  return (
    <span className="row">
      <Icon className="i m text-ink-3" />
      <span className="cut" dir="auto" title={invite.email ?? undefined}>
        {invite.email ?? t('invites.noEmail')}
      </span>
    </span>
  )
}
