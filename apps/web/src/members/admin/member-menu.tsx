'use client'

import type { Member } from '@parley/contracts/members/member'
import { useMe } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import {
  BellRing,
  Ellipsis,
  KeyRound,
  MonitorSmartphone,
  Pencil,
  Trash2,
  UserCheck,
  UserX,
} from 'lucide-react'
import { useState } from 'react'
import { Confirm } from '../../controls/confirm.tsx'
import { Menu, MenuItem, MenuLine } from '../../controls/menu.tsx'
import { useToasts } from '../../controls/toasts.tsx'
import { useText } from '../../text/use-text.ts'
import { MemberDeliveriesDialog } from './member-deliveries-dialog.tsx'
import { MemberFormDialog } from './member-form-dialog.tsx'
import { MemberSessionsDialog } from './member-sessions-dialog.tsx'
import { ResetPasswordDialog } from './reset-password-dialog.tsx'
import '../../text/words/admin.ts'

type Open = 'edit' | 'reset' | 'sessions' | 'deliveries' | 'deactivate' | 'delete' | null

/** What an admin can do to one member. Shutting oneself out is left to another admin. */
export function MemberMenu({ member }: { member: Member }) {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const isMe = useMe()?.id === member.id
  const [open, setOpen] = useState<Open>(null)
  const { name } = member
  const params = { memberId: member.id }

  function reactivate() {
    client.call('reactivateMember', { params }).then(() => say(t('memberActs.reactivated', { name })), warn)
  }
  return (
    <>
      <Menu
        trigger={
          <button type="button" className="icon-btn small" aria-label={t('adminPeople.more', { name })}>
            <Ellipsis className="i m" />
          </button>
        }
      >
        <MenuItem icon={Pencil} onSelect={() => setOpen('edit')}>
          {t('adminPeople.edit')}
        </MenuItem>
        {isMe ? null : (
          <MenuItem icon={KeyRound} onSelect={() => setOpen('reset')}>
            {t('adminPeople.resetPassword')}
          </MenuItem>
        )}
        <MenuItem icon={MonitorSmartphone} onSelect={() => setOpen('sessions')}>
          {t('adminPeople.sessions')}
        </MenuItem>
        <MenuItem icon={BellRing} onSelect={() => setOpen('deliveries')}>
          {t('adminPeople.deliveries')}
        </MenuItem>
        {isMe ? null : (
          <>
            <MenuLine />
            {member.state === 'active' ? (
              <MenuItem icon={UserX} onSelect={() => setOpen('deactivate')}>
                {t('adminPeople.deactivate')}
              </MenuItem>
            ) : (
              <MenuItem icon={UserCheck} onSelect={reactivate}>
                {t('adminPeople.reactivate')}
              </MenuItem>
            )}
            <MenuItem icon={Trash2} danger onSelect={() => setOpen('delete')}>
              {t('adminPeople.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      <MemberDialogs member={member} open={open} onClose={() => setOpen(null)} />
    </>
  )
}

function MemberDialogs({ member, open, onClose }: { member: Member; open: Open; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const { say } = useToasts()
  const { name } = member
  const params = { memberId: member.id }
  switch (open) {
    case 'edit':
      return <MemberFormDialog member={member} onClose={onClose} />
    case 'reset':
      return <ResetPasswordDialog member={member} onClose={onClose} />
    case 'sessions':
      return <MemberSessionsDialog member={member} onClose={onClose} />
    case 'deliveries':
      return <MemberDeliveriesDialog member={member} onClose={onClose} />
    case 'deactivate':
      return (
        <Confirm
          title={t('memberActs.deactivateTitle', { name })}
          lead={t('memberActs.deactivateHint')}
          act={t('memberActs.deactivateDo')}
          danger
          onConfirm={async () => {
            await client.call('deactivateMember', { params })
            say(t('memberActs.deactivated', { name }))
          }}
          onClose={onClose}
        />
      )
    case 'delete':
      return (
        <Confirm
          title={t('memberActs.deleteTitle', { name })}
          lead={t('memberActs.deleteHint', { name })}
          act={t('memberActs.deleteDo')}
          danger
          onConfirm={async () => {
            await client.call('deleteMember', { params })
            say(t('memberActs.deleted', { name }))
          }}
          onClose={onClose}
        />
      )
    case null:
      return null
  }
}
