'use client'

import type { Invite } from '@parley/contracts/invites/invite'
import { useDepartments, useMember } from '@parley/react/hooks'
import { compareText } from '../members/find-members.ts'
import { DepartmentTags } from '../members/admin/member-table-row.tsx'
import { useText } from '../text/use-text.ts'
import { longDateTime, timeUntil } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { InviteActs } from './invite-acts.tsx'
import { InviteName } from './invite-name.tsx'
import type { InviteItemProps } from './invite-item.ts'
import '../text/words/admin.ts'

const DAY = 86_400_000

/** "in 6 days"; amber within two days, red when it is over; always in words. */
function Ends({ invite }: { invite: Invite }) {
  const t = useText()
  const now = useNow()
  const left = invite.expiresAt - now
  const tone =
    left <= 0 ? 'text-red-ink font-medium' : left < 1.5 * DAY ? 'text-amber-ink font-medium' : 'text-ink-2'
  return (
    <span className={tone} title={longDateTime(invite.expiresAt)}>
      {left <= 0 ? t('invites.expired') : timeUntil(invite.expiresAt, now)}
    </span>
  )
}

function useDepartmentNames(invite: Invite): string[] {
  const departments = useDepartments()
  return invite.departmentIds.flatMap((id) => departments.get(id)?.name ?? []).sort(compareText)
}

export function InviteRow(props: InviteItemProps) {
  const t = useText()
  const { invite } = props
  const by = useMember(invite.createdBy)
  return (
    <tr>
      <td>
        <InviteName invite={invite} />
      </td>
      <td>{t(`roles.${invite.role}`)}</td>
      <td>
        <DepartmentTags names={useDepartmentNames(invite)} />
      </td>
      <td className="text-ink-2" dir="auto">
        {by?.name}
      </td>
      <td>
        <Ends invite={invite} />
      </td>
      <td className="num">
        <InviteActs {...props} />
      </td>
    </tr>
  )
}

export function InviteCard(props: InviteItemProps) {
  const t = useText()
  const { invite } = props
  const by = useMember(invite.createdBy)
  return (
    <li className="member-card flex-col">
      <span className="w-full font-medium">
        <InviteName invite={invite} />
      </span>
      <span className="row flex-wrap text-sm text-ink-2">
        {t(`roles.${invite.role}`)}
        <Ends invite={invite} />
        {by ? <bdi>{t('invites.by', { name: by.name })}</bdi> : null}
        <DepartmentTags names={useDepartmentNames(invite)} />
      </span>
      <InviteActs {...props} />
    </li>
  )
}
