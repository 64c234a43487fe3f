'use client'

import { Link2 } from 'lucide-react'
import { CopyButton } from '../controls/copy-button.tsx'
import { useText } from '../text/use-text.ts'

export interface Made {
  readonly inviteId: string
  readonly link: string
  readonly mailedTo: string | null
  readonly days: number
}

/** A fresh link, to be copied now: it is stored hashed and never shown again. */
export function MadeLink({ made }: { made: Made }) {
  const t = useText()
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
