'use client'

import type { Invite } from '@parley/contracts/invites/invite'
import { useInvites } from '@parley/react/hooks'
import { useState } from 'react'
import { useIsPhone } from '../controls/use-media.ts'
import { useMailWorks } from '../installation/use-mail-works.ts'
import { useText } from '../text/use-text.ts'
import { InviteCard, InviteRow } from './invite-row.tsx'
import { MadeLink, type Made } from './made-link.tsx'
import '../text/words/admin.ts'

/** Invites that nobody has used yet, those that have expired included: a fresh link revives them. */
export function WaitingToJoin() {
  const t = useText()
  const isPhone = useIsPhone()
  const mailWorks = useMailWorks() === true
  const [made, setMade] = useState<Made | null>(null)
  const waiting = useInvites()
    .filter((invite) => invite.state === 'pending')
    .sort((a, b) => b.createdAt - a.createdAt)
  if (waiting.length === 0) return null

  const item = (invite: Invite) => ({ invite, mailWorks, onMade: setMade })
  return (
    <section aria-labelledby="waiting">
      <header className="section-head">
        <h2 id="waiting">{t('invites.waiting')}</h2>
        <span className="n">{waiting.length}</span>
      </header>
      <div className="card clip">
        {isPhone ? (
          <ul>
            {waiting.map((invite) => (
              <InviteCard key={invite.id} {...item(invite)} />
            ))}
          </ul>
        ) : (
          <div className="wide-table">
            <table className="table">
              <colgroup>
                <col />
                <col className="w-[104px]" />
                <col className="w-[186px]" />
                <col className="w-[112px]" />
                <col className="w-[112px]" />
                <col className="w-[248px]" />
              </colgroup>
              <thead>
                <tr>
                  <th scope="col">{t('invites.invite')}</th>
                  <th scope="col">{t('invites.role')}</th>
                  <th scope="col">{t('invites.departments')}</th>
                  <th scope="col">{t('invites.invitedBy')}</th>
                  <th scope="col">{t('invites.ends')}</th>
                  <th scope="col">
                    <span className="sr">{t('invites.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {waiting.map((invite) => (
                  <InviteRow key={invite.id} {...item(invite)} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        <div role="status">
          {made ? (
            <div className="pt-4">
              <p className="px-4 pb-2 text-xs text-ink-2">{t('invites.oldEnded')}</p>
              <MadeLink key={made.link} made={made} />
            </div>
          ) : null}
        </div>
      </div>
    </section>
  )
}
