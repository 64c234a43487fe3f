'use client'

import type { ConversationView } from '@parley/client/client-api'
import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import { useChat, useMe, useStarred } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { SwitchRow } from '../controls/switch-row.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import '../text/words/chat-menu.ts'
import { ChatDialog, type AskedOfChat } from './chat-dialogs.tsx'
import { maySetDisappearing } from './may-set-disappearing.ts'

/** In the details of a chat: what one wants of it. */
export function ChatChoices({ view, onStarred }: { view: ConversationView; onStarred: () => void }) {
  const t = useText()
  const now = useNow()
  const client = useClient()
  const { warn } = useToasts()
  const { id } = view.conversation
  const chat = useChat(id)
  const me = useMe()?.id
  const [asked, setAsked] = useState<AskedOfChat | null>(null)
  const starred = useStarred().filter(({ conversationId }) => conversationId === id).length
  if (!chat) return null
  const { mutedUntil } = chat
  const muteHint =
    mutedUntil === null
      ? t('chatMenu.notMuted')
      : mutedUntil === MUTED_ALWAYS
        ? t('chatMenu.mutedAlways')
        : t('chatMenu.mutedUntil', { when: whenWithin(t, mutedUntil, now) })
  const after = t(`chatMenu.after${view.conversation.disappearing?.after ?? 0}`)
  return (
    <section className="sect">
      <header>
        <h3>{t('chatMenu.section')}</h3>
      </header>
      <SwitchRow
        label={t('chatMenu.muteRow')}
        hint={muteHint}
        on={chat.muted}
        onChange={(on) =>
          on ? setAsked('mute') : void client.changeChat(id, { mutedUntil: null }).catch(warn)
        }
      />
      <SwitchRow
        label={t('chatMenu.pinRow')}
        hint={t(chat.pinned ? 'chatMenu.pinned' : 'chatMenu.notPinned')}
        on={chat.pinned}
        onChange={(pinned) => void client.changeChat(id, { pinned }).catch(warn)}
      />
      <button type="button" className="switch-row" onClick={onStarred}>
        <span className="fill">{t('chatMenu.starredRow')}</span>
        {starred > 0 ? <span className="text-ink-3">{starred}</span> : null}
        <ChevronRight className="i flips" />
      </button>
      {maySetDisappearing(view, me) ? (
        <button type="button" className="switch-row" onClick={() => setAsked('disappear')}>
          <span className="col fill">
            <span>{t('chatMenu.disappearRow')}</span>
            <span className="hint">{after}</span>
          </span>
          <ChevronRight className="i flips" />
        </button>
      ) : (
        <p className="switch-row">
          <span className="col fill">
            <span>{t('chatMenu.disappearRow')}</span>
            <span className="hint">
              {after}. {view.conversation.group ? t('chatMenu.disappearAdmins') : null}
            </span>
          </span>
        </p>
      )}
      {asked ? <ChatDialog asked={asked} chat={chat} onClose={() => setAsked(null)} /> : null}
    </section>
  )
}
