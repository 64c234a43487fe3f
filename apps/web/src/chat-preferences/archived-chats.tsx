'use client'

import type { ChatRow } from '@parley/client/client-api'
import { useChatSettings } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Archive, ChevronLeft } from 'lucide-react'
import { IconButton } from '../controls/icon-button.tsx'
import { State } from '../controls/state.tsx'
import { SwitchRow } from '../controls/switch-row.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { ChatRows } from '../conversations/chat-rows.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/chat-menu.ts'

interface ArchivedChatsProps {
  chats: readonly ChatRow[]
  selected: string | null
  onBack: () => void
}

/** The chats that are folded away, in the chat list's place. */
export function ArchivedChats({ chats, selected, onBack }: ArchivedChatsProps) {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const keeps = !useChatSettings().archivedReturn
  return (
    <>
      <header className="bar">
        <IconButton
          className="-ms-3"
          icon={ChevronLeft}
          flips
          label={t('chatMenu.back')}
          autoFocus
          onClick={onBack}
        />
        <h1 className="fill">{t('chatMenu.archivedTitle')}</h1>
      </header>
      <div className="archive-rule">
        <SwitchRow
          label={t('chatMenu.keep')}
          hint={t(keeps ? 'chatMenu.keepOn' : 'chatMenu.keepOff')}
          on={keeps}
          onChange={(on) => void client.changeChatSettings({ archivedReturn: !on }).catch(warn)}
        />
      </div>
      {chats.length > 0 ? (
        <ChatRows chats={chats} selected={selected} label={t('chatMenu.archivedTitle')} />
      ) : (
        <State icon={Archive} title={t('chatMenu.noneTitle')}>
          {t('chatMenu.noneHint')}
        </State>
      )}
    </>
  )
}
