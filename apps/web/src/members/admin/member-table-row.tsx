'use client'

import type { Member } from '@parley/contracts/members/member'
import type { Role } from '@parley/contracts/kernel/permission'
import { useAccounts, useDepartments, useMe, usePresence } from '@parley/react/hooks'
import { KeyRound, ShieldCheck } from 'lucide-react'
import { useText } from '../../text/use-text.ts'
import { whenShort } from '../../time/format.ts'
import { useNow } from '../../time/use-now.ts'
import { Avatar } from '../avatar.tsx'
import { departmentNames } from '../find-members.ts'
import { MemberMenu } from './member-menu.tsx'
import '../../text/words/admin.ts'

function RoleBadge({ role }: { role: Role }) {
  const t = useText()
  if (role === 'member') return <span className="text-ink-2">{t('roles.member')}</span>
  if (role === 'manager') return <span className="badge">{t('roles.manager')}</span>
  return (
    <span className="badge accent">
      <ShieldCheck className="i" />
      {t('roles.admin')}
    </span>
  )
}

export function DepartmentTags({ names }: { names: readonly string[] }) {
  return (
    <span className="row gap-1" title={names.join(', ')}>
      {names.slice(0, 2).map((name) => (
        <span className="tag" key={name} dir="auto">
          {name}
        </span>
      ))}
      {names.length > 2 ? <span className="tag">+{names.length - 2}</span> : null}
    </span>
  )
}

function LastSeen({ member }: { member: Member }) {
  const t = useText()
  const now = useNow()
  const presence = usePresence(member.id)
  if (presence?.online) return <span className="text-green-ink">{t('presence.online')}</span>
  if (!presence || (presence.hidden && presence.lastSeenAt === null))
    return <span className="text-ink-3">–</span>
  return (
    <span className="text-ink-2">
      {presence.lastSeenAt === null ? t('presence.never') : whenShort(t, presence.lastSeenAt, now)}
    </span>
  )
}

function Name({ member }: { member: Member }) {
  const t = useText()
  const isMe = useMe()?.id === member.id
  const temporary = useAccounts().get(member.id)?.passwordIsTemporary ?? false
  return (
    <>
      <span className="cut" dir="auto" title={member.name}>
        {member.name}
      </span>
      {isMe ? <span className="badge">{t('adminPeople.you')}</span> : null}
      {temporary ? (
        <span
          className="badge amber"
          role="img"
          aria-label={t('adminPeople.temporary')}
          data-tip={t('adminPeople.temporary')}
        >
          <KeyRound className="i" />
        </span>
      ) : null}
    </>
  )
}

export function MemberTableRow({ member }: { member: Member }) {
  const email = useAccounts().get(member.id)?.email ?? ''
  const departments = departmentNames(member, useDepartments())
  return (
    <tr>
      <td className="font-medium">
        <span className="row">
          <Avatar member={member} size="s" presence />
          <Name member={member} />
        </span>
      </td>
      <td className="text-ink-2">
        <span className="cut" dir="ltr" title={email}>
          {email}
        </span>
      </td>
      <td>
        <RoleBadge role={member.role} />
      </td>
      <td>
        <DepartmentTags names={departments} />
      </td>
      <td>
        <LastSeen member={member} />
      </td>
      <td className="num">
        <MemberMenu member={member} />
      </td>
    </tr>
  )
}

export function MemberCard({ member }: { member: Member }) {
  const email = useAccounts().get(member.id)?.email ?? ''
  const departments = departmentNames(member, useDepartments())
  return (
    <li className="member-card">
      <Avatar member={member} presence />
      <span className="col fill gap-1">
        <span className="row flex-wrap font-medium">
          <Name member={member} />
        </span>
        <span className="cut text-sm text-ink-2" dir="ltr">
          {email}
        </span>
        <span className="row flex-wrap text-sm">
          <RoleBadge role={member.role} />
          <LastSeen member={member} />
        </span>
        <DepartmentTags names={departments} />
      </span>
      <MemberMenu member={member} />
    </li>
  )
}
