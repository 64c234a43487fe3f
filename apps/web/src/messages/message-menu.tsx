'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import { isWithinWindow } from '@parley/contracts/communication/rules'
import { useCommunication, useConversation, useMe } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import {
  Copy,
  Ellipsis,
  EyeOff,
  Forward,
  History,
  Info,
  Pencil,
  Pin,
  PinOff,
  Plus,
  Reply,
  SmilePlus,
  SquareCheck,
  Star,
  StarOff,
  Trash2,
} from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { IconButton } from '../controls/icon-button.tsx'
import { Menu, MenuItem, MenuLabel, MenuLine } from '../controls/menu.tsx'
import { useText } from '../text/use-text.ts'
import { isForwardable } from './is-forwardable.ts'
import type { MessageActs } from './message-acts.ts'
import { QUICK_EMOJI } from './quick-emoji.ts'
import { useTooLateToEdit } from './use-too-late.ts'

interface MessageMenuProps {
  message: MessageView
  /** The person may write here. */
  writable: boolean
  reactable: boolean
  /** The person looks after this group, and may delete what others wrote there. */
  admin: boolean
  acts: MessageActs
  /** Another emoji than the quick ones is wished for. */
  onAllEmoji: () => void
  onClose: () => void
}

/**
 * Everything that can be done with a message, open. First what goes on with it (answer, pass on, copy), then what the person notes of it
 * for themselves, then what changes it for all, and at last what is known of it.
 */
export function MessageMenu(props: MessageMenuProps) {
  const { message, writable, reactable, admin, acts, onAllEmoji, onClose } = props
  const t = useText()
  const { own, present, changeable, editable, tooLate, pinnable, pinned, deletable, auditable } = useRights(
    message,
    writable,
    admin,
  )
  return (
    <Menu
      openAtOnce
      side="bottom"
      align={own ? 'end' : 'start'}
      label={t('message.actions')}
      onOpenChange={(open) => (open ? undefined : onClose())}
      trigger={<IconButton icon={Ellipsis} label={t('message.menu')} />}
    >
      {present && reactable ? <QuickEmoji message={message} acts={acts} onAllEmoji={onAllEmoji} /> : null}
      {present && writable ? (
        <MenuItem icon={Reply} letter="R" onSelect={() => acts.reply(message)}>
          {t('message.reply')}
        </MenuItem>
      ) : null}
      {present ? (
        <>
          {isForwardable(message) ? (
            <MenuItem icon={Forward} letter="F" onSelect={() => acts.ask('forward', message)}>
              {t('messageMenu.forward')}
            </MenuItem>
          ) : null}
          <MenuItem icon={Copy} letter="C" onSelect={() => acts.copy(message)}>
            {t('message.copy')}
          </MenuItem>
          <MenuItem icon={SquareCheck} onSelect={() => acts.select(message)}>
            {t('messageMenu.select')}
          </MenuItem>
        </>
      ) : null}
      <MenuLine />
      {present ? (
        <MenuItem icon={message.starred ? StarOff : Star} onSelect={() => acts.star(message)}>
          {t(message.starred ? 'messageMenu.unstar' : 'messageMenu.star')}
        </MenuItem>
      ) : null}
      {pinnable ? (
        <MenuItem icon={pinned ? PinOff : Pin} onSelect={() => acts.pin(message, !pinned)}>
          {pinned ? t('messageMenu.unpin') : t('messageMenu.pin')}
        </MenuItem>
      ) : null}
      {editable ? (
        <MenuItem icon={Pencil} letter="E" onSelect={() => acts.change(message)}>
          {t('messageMenu.edit')}
        </MenuItem>
      ) : null}
      {changeable && !editable && tooLate ? <MenuLabel>{tooLate}</MenuLabel> : null}
      <MenuItem icon={EyeOff} danger onSelect={() => acts.ask('hide', message)}>
        {t('messageMenu.hide')}
      </MenuItem>
      {deletable ? (
        <MenuItem icon={Trash2} danger onSelect={() => acts.ask('delete', message)}>
          {t('messageMenu.delete')}
        </MenuItem>
      ) : null}
      <MenuLine />
      {message.reactions.length > 0 ? (
        <MenuItem icon={SmilePlus} onSelect={() => acts.ask('reactions', message)}>
          {t('messageMenu.reactions')}
        </MenuItem>
      ) : null}
      {auditable ? (
        <MenuItem icon={History} onSelect={() => acts.ask('edits', message)}>
          {t('messageMenu.edits')}
        </MenuItem>
      ) : null}
      <MenuItem icon={Info} onSelect={() => acts.info(message)}>
        {t('message.info')}
      </MenuItem>
    </Menu>
  )
}

/** Above everything else, since a finger has no other way to it. */
function QuickEmoji({
  message,
  acts,
  onAllEmoji,
}: Pick<MessageMenuProps, 'message' | 'acts' | 'onAllEmoji'>) {
  const t = useText()
  const mine = new Set(message.reactions.filter((one) => one.mine).map(({ emoji }) => emoji))
  return (
    <DropdownMenu.Group className="menu-emoji" aria-label={t('message.react')}>
      {QUICK_EMOJI.map((emoji) => (
        <DropdownMenu.CheckboxItem
          key={emoji}
          checked={mine.has(emoji)}
          onSelect={() => acts.react(message, emoji)}
        >
          {emoji}
        </DropdownMenu.CheckboxItem>
      ))}
      <DropdownMenu.Item
        aria-label={t('messageMenu.allEmoji')}
        data-tip={t('messageMenu.allEmoji')}
        onSelect={onAllEmoji}
      >
        <Plus className="i" />
      </DropdownMenu.Item>
    </DropdownMenu.Group>
  )
}

/** What the person may do with a message, and how things stand with it. */
function useRights(message: MessageView, writable: boolean, admin: boolean) {
  const own = message.delivery !== 'received'
  const present = !message.deleted
  const windows = useWindows(message)
  const tooLate = useTooLateToEdit(message.sentAt)
  const changeable = own && writable && present && !message.imported
  const pins = useConversation(message.conversationId)?.pins
  const isAdmin = useMe()?.role === 'admin'
  return {
    own,
    present,
    changeable,
    editable: windows.edit && changeable,
    tooLate,
    pinnable: writable && present,
    pinned: pins?.some(({ messageId }) => messageId === message.id),
    deletable: windows.delete && (own || admin) && present,
    auditable: message.edited && present && isAdmin,
  }
}

/** Whether the organisation still lets a message be changed or deleted. */
function useWindows({ sentAt }: MessageView) {
  const { editWindow, deleteWindow } = useCommunication()
  const now = useClient().now()
  return {
    edit: isWithinWindow(editWindow, sentAt, now),
    delete: isWithinWindow(deleteWindow, sentAt, now),
  }
}
