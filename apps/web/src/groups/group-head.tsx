'use client'

import type { ConversationView } from '@parley/client/client-api'
import type { Group } from '@parley/contracts/conversations/conversation'
import { useMe, useMembers, useOnlineCount, useWatchPresence } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { heirOf } from '@parley/contracts/groups/heir'
import { LogOut, Pencil, Search, UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Confirm } from '../controls/confirm.tsx'
import { useText } from '../text/use-text.ts'
import { AddPeopleDialog } from './add-people-dialog.tsx'
import { EditGroupDialog } from './edit-group-dialog.tsx'
import { GroupAvatar } from './group-avatar.tsx'
import '../text/words/group-pane.ts'

/** Of a larger group it is not counted who is here. */
const WATCHED = 200

interface GroupHeadProps {
  view: ConversationView
  group: Group
  isAdmin: boolean
  /** Begins the search of the chat. */
  onFind: () => void
}

export function GroupHead({ view, group, isAdmin, onFind }: GroupHeadProps) {
  const { id } = view.conversation
  return (
    <>
      <div className="hero">
        <GroupAvatar conversationId={id} group={group} size="xl" />
        <h3 className="max-w-full font-semibold wrap-anywhere" dir="auto">
          {group.name}
        </h3>
        <HowMany view={view} />
      </div>
      {view.conversation.kept ? null : <Acts view={view} group={group} isAdmin={isAdmin} onFind={onFind} />}
    </>
  )
}

function HowMany({ view }: { view: ConversationView }) {
  const t = useText()
  const { memberIds, kept } = view.conversation
  const watched = useMemo(() => (memberIds.length > WATCHED ? [] : memberIds), [memberIds])
  useWatchPresence(watched)
  const online = useOnlineCount(watched)
  if (kept) return <span className="text-sm text-ink-3">{t('groups.noLonger')}</span>
  const members = t('groups.countMembers', { count: memberIds.length })
  return (
    <span className="text-sm text-ink-3">
      {online > 0 ? t('groupDetails.online', { members, count: String(online) }) : members}
    </span>
  )
}

type Open = 'add' | 'edit' | 'leave' | null

function Acts({ view, group, isAdmin, onFind }: GroupHeadProps) {
  const t = useText()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const { conversation } = view
  return (
    <>
      <div className="acts tiles">
        {isAdmin || group.membersMayAdd ? (
          <button type="button" aria-label={t('groupDetails.add')} onClick={() => setOpen('add')}>
            <UserPlus className="i" />
            {t('acts.add')}
          </button>
        ) : null}
        {isAdmin ? (
          <button type="button" aria-label={t('groupDetails.edit')} onClick={() => setOpen('edit')}>
            <Pencil className="i" />
            {t('acts.edit')}
          </button>
        ) : null}
        <button type="button" aria-label={t('conversation.find')} onClick={onFind}>
          <Search className="i" />
          {t('groupDetails.search')}
        </button>
        <button type="button" aria-label={t('groupDetails.leaveDo')} onClick={() => setOpen('leave')}>
          <LogOut className="i flips" />
          {t('groupDetails.leave')}
        </button>
      </div>
      {open === 'add' ? <AddPeopleDialog conversation={conversation} onClose={close} /> : null}
      {open === 'edit' ? <EditGroupDialog conversation={conversation} group={group} onClose={close} /> : null}
      {open === 'leave' ? <LeaveGroup view={view} group={group} onClose={close} /> : null}
    </>
  )
}

/** Says beforehand who becomes admin, where that is somebody else. */
function LeaveGroup({ view, group, onClose }: { view: ConversationView; group: Group; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const me = useMe()?.id ?? ''
  const members = useMembers()
  const { id, memberIds } = view.conversation
  const isActive = (memberId: string) => members.get(memberId)?.state === 'active'
  const heir = members.get(heirOf({ memberIds, adminIds: group.adminIds }, me, isActive) ?? '')
  return (
    <Confirm
      title={t('groupDetails.leaveTitle', { name: group.name })}
      lead={
        <>
          {t('groupDetails.leaveHint')} {heir ? t('groupDetails.leaveHeir', { name: heir.name }) : null}
          {memberIds.length === 1 ? t('groupDetails.leaveLast') : null}
        </>
      }
      act={t('groupDetails.leaveDo')}
      danger
      onConfirm={() => client.call('leaveGroup', { params: { conversationId: id } })}
      onClose={onClose}
    />
  )
}
