'use client'

import type { ConversationView, Participant } from '@parley/client/client-api'
import { useDepartments, useMe } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Ellipsis, MessageCircle, ShieldCheck, ShieldOff, UserRound, UserX } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuLine } from '../controls/menu.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { memberAddress, useGo } from '../frame/navigation.ts'
import { Avatar } from '../members/avatar.tsx'
import { departmentNames } from '../members/find-members.ts'
import { useStartChat } from '../members/use-start-chat.ts'
import { usePresenceText } from '../presence/use-presence-text.ts'
import { useText } from '../text/use-text.ts'
import { RemoveFromGroup } from './remove-from-group.tsx'
import '../text/words/group-pane.ts'

interface GroupMemberProps {
  view: ConversationView
  one: Participant
  mayManage: boolean
  /** Nobody else is admin of the group, who therefore stays one. */
  lastAdmin: boolean
}

/** Somebody in a group, and what can be done about it. */
export function GroupMember({ view, one, mayManage, lastAdmin }: GroupMemberProps) {
  const t = useText()
  const { member, admin } = one
  const isMe = useMe()?.id === member.id
  const [department] = departmentNames(member, useDepartments())
  const presence = usePresenceText(member)
  return (
    <div className="person">
      <Avatar member={member} size="sm" presence />
      <span className="col fill">
        <span className="cut text-sm font-medium" dir="auto">
          {isMe ? t('groupDetails.you') : member.name}
        </span>
        <span className="cut text-xs text-ink-3" dir="auto">
          {member.state === 'active' ? (department ?? presence) : presence}
        </span>
      </span>
      {admin ? <span className="badge">{t('groupDetails.admin')}</span> : null}
      {isMe && !mayManage ? null : (
        <MemberMenu view={view} one={one} isMe={isMe} mayManage={mayManage} lastAdmin={lastAdmin} />
      )}
    </div>
  )
}

function MemberMenu({ view, one, isMe, mayManage, lastAdmin }: GroupMemberProps & { isMe: boolean }) {
  const t = useText()
  const go = useGo()
  const client = useClient()
  const { warn } = useToasts()
  const startChat = useStartChat()
  const [removing, setRemoving] = useState(false)
  const { member, admin } = one
  const { name } = member
  const conversationId = view.conversation.id
  const setAdmin = (next: boolean) =>
    void client
      .call('setGroupAdmin', { params: { conversationId, memberId: member.id }, body: { admin: next } })
      .catch(warn)
  const mayTurn = mayManage && !(admin && lastAdmin)
  if (isMe && !mayTurn) return null
  return (
    <>
      <Menu
        label={t('groupDetails.more', { name })}
        trigger={
          <button type="button" className="icon-btn small" aria-label={t('groupDetails.more', { name })}>
            <Ellipsis className="i m" />
          </button>
        }
      >
        {isMe ? null : (
          <>
            {member.state === 'active' ? (
              <MenuItem icon={MessageCircle} onSelect={() => void startChat(member)}>
                {t('groupDetails.write', { name })}
              </MenuItem>
            ) : null}
            <MenuItem icon={UserRound} onSelect={() => go(memberAddress(member.id))}>
              {t('groupDetails.about', { name })}
            </MenuItem>
          </>
        )}
        {mayManage && !isMe ? <MenuLine /> : null}
        {mayTurn ? (
          <MenuItem icon={admin ? ShieldOff : ShieldCheck} onSelect={() => setAdmin(!admin)}>
            {admin ? t('groupDetails.demote') : t('groupDetails.promote')}
          </MenuItem>
        ) : null}
        {mayManage && !isMe ? (
          <MenuItem icon={UserX} danger onSelect={() => setRemoving(true)}>
            {t('groupDetails.remove')}
          </MenuItem>
        ) : null}
      </Menu>
      {removing ? <RemoveFromGroup view={view} member={member} onClose={() => setRemoving(false)} /> : null}
    </>
  )
}
