'use client'

import { useInvites, useMember } from '@parley/react/hooks'
import { Link2, UserCheck } from 'lucide-react'
import { CopyButton } from '../controls/copy-button.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/admin.ts'

export interface Made {
  readonly inviteId: string
  readonly link: string
  readonly mailedTo: string | null
  readonly days: number
  /** When the link was made; an invite that was made anew since has got a newer one. */
  readonly createdAt: number
}

/** A fresh link, to be copied now: it is stored hashed and never shown again. */
export function MadeLink({ made }: { made: Made }) {
  const t = useText()
  const invite = useInvites().find(({ id }) => id === made.inviteId)
  const user = useMember(invite?.usedBy ?? null)
  if (invite?.state === 'used') {
    return (
      <div className="made">
        <UserCheck className="i m text-accent-ink" />
        <bdi className="fill text-sm">
          {user ? t('invites.joined', { name: user.name }) : t('invites.wasUsed')}
        </bdi>
      </div>
    )
  }
  if (invite && (invite.state === 'revoked' || invite.createdAt > made.createdAt)) return null
  return (
    <div className="made">
      <Link2 className="i m text-accent-ink" />
      <code className="cut fill" dir="ltr" aria-label={t('invites.link')} title={made.link}>
        {made.link}
      </code>
      <span className="text-xs text-ink-2">
        {made.mailedTo
          ? t('invites.mailedTo', { email: made.mailedTo, count: made.days })
          : t('invites.worksOnce', { count: made.days })}{' '}
        {t('invites.shownOnce')}
      </span>
      <CopyButton text={made.link} />
    </div>
  )
}
