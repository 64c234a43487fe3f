'use client'

import type { ChatRow } from '@parley/client/client-api'
import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import { DISAPPEAR_AFTER } from '@parley/contracts/messages/keeping'
import { useConversation } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useState, type ReactNode } from 'react'
import { Button } from '../controls/button.tsx'
import { Confirm } from '../controls/confirm.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { useToasts } from '../controls/toasts.tsx'
import { conversationName } from '../conversations/conversation-name.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/chat-menu.ts'

/** What is asked about a chat before it is done. */
export type AskedOfChat = 'mute' | 'clear' | 'disappear'

interface ChatDialogProps {
  asked: AskedOfChat
  chat: ChatRow
  onClose: () => void
}

export function ChatDialog({ asked, chat, onClose }: ChatDialogProps) {
  if (asked === 'mute') return <MuteDialog chat={chat} onClose={onClose} />
  if (asked === 'clear') return <ClearDialog chat={chat} onClose={onClose} />
  return <DisappearDialog chat={chat} onClose={onClose} />
}

type About = Omit<ChatDialogProps, 'asked'>

const HOUR = 3_600_000
const spans = { mute8h: 8 * HOUR, mute1w: 7 * 24 * HOUR, muteAlways: null } as const
type Span = keyof typeof spans

function MuteDialog({ chat, onClose }: About) {
  const t = useText()
  const client = useClient()
  const [span, setSpan] = useState<Span>('mute8h')

  function mute() {
    const milliseconds = spans[span]
    const mutedUntil = milliseconds === null ? MUTED_ALWAYS : client.now() + milliseconds
    return client.changeChat(chat.conversationId, { mutedUntil })
  }
  return (
    <Choice
      title={t('chatMenu.muteTitle', { name: conversationName(t, chat) })}
      lead={t('chatMenu.muteLead')}
      legend={t('chatMenu.muteFor')}
      options={(Object.keys(spans) as Span[]).map((value) => ({ value, text: t(`chatMenu.${value}`) }))}
      value={span}
      act={t('chatMenu.muteDo')}
      onPick={setSpan}
      onSave={mute}
      onClose={onClose}
    />
  )
}

function ClearDialog({ chat, onClose }: About) {
  const t = useText()
  const client = useClient()
  const { say } = useToasts()
  return (
    <Confirm
      title={t('chatMenu.clearTitle')}
      lead={t('chatMenu.clearLead')}
      act={t('chatMenu.clearDo')}
      danger
      onConfirm={async () => {
        await client.clearChat(chat.conversationId)
        say(t('chatMenu.cleared'))
      }}
      onClose={onClose}
    />
  )
}

function DisappearDialog({ chat, onClose }: About) {
  const t = useText()
  const client = useClient()
  const { conversationId } = chat
  const now = useConversation(conversationId)?.conversation.disappearing?.after ?? null
  const [after, setAfter] = useState(now)

  async function save() {
    if (after === now) return
    await client.call('setDisappearing', { params: { conversationId }, body: { after } })
  }
  return (
    <Choice
      title={t('chatMenu.disappearTitle')}
      lead={t('chatMenu.disappearLead')}
      legend={t('chatMenu.disappearTitle')}
      options={[null, ...DISAPPEAR_AFTER].map((value) => ({ value, text: t(`chatMenu.after${value ?? 0}`) }))}
      value={after}
      act={t('chatMenu.disappearDo')}
      onPick={setAfter}
      onSave={save}
      onClose={onClose}
    />
  )
}

interface ChoiceProps<V> {
  title: ReactNode
  lead: string
  legend: string
  options: readonly { readonly value: V; readonly text: string }[]
  value: V
  act: string
  onPick: (value: V) => void
  onSave: () => Promise<unknown>
  onClose: () => void
}

/** One of a few, and a button that makes it so. */
function Choice<V extends string | number | null>(props: ChoiceProps<V>) {
  const { title, lead, legend, options, value, act, onPick, onSave, onClose } = props
  const t = useText()
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function save() {
    setBusy(true)
    try {
      await onSave()
      onClose()
    } catch (error) {
      setFailure(failureText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog title={<bdi>{title}</bdi>} lead={lead} small onClose={onClose}>
      <div className="dialog-body">
        <fieldset className="options tight">
          <legend className="sr-only">{legend}</legend>
          {options.map(({ value: option, text }) => (
            <label key={String(option)}>
              <input
                type="radio"
                name="choice"
                checked={value === option}
                {...(value === option ? { 'data-first': true } : {})}
                onChange={() => onPick(option)}
              />
              <span className="font-medium">{text}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <div className="dialog-foot">
        <p className="say bad fill" role="alert">
          {failure}
        </p>
        <Button look="quiet" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
        <Button look="primary" busy={busy} onClick={() => void save()}>
          {act}
        </Button>
      </div>
    </Dialog>
  )
}
