'use client'

import '../text/words/message-menu.ts'
import { useClient } from '@parley/react/parley-provider'
import type { Ref } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { useTooLateToEdit } from '../messages/use-too-late.ts'
import { ComposerAbout } from './composer-about.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import { isSendable, type About } from './use-writing.ts'

interface EditComposerProps {
  about: Extract<About, { kind: 'edit' }>
  onChange: (about: About | null) => void
  name: string
  ref: Ref<ComposerHandle>
}

/** The composer with a message that was sent in it; the draft of the chat waits meanwhile. */
export function EditComposer({ about, onChange, name, ref }: EditComposerProps) {
  const t = useText()
  const client = useClient()
  const { warn } = useToasts()
  const { message, text } = about
  const done = () => onChange(null)
  const tooLate = useTooLateToEdit(message.sentAt)
  async function send() {
    if (tooLate !== null || !isSendable(text)) return
    done()
    if (text.trim() === message.text) return
    await client.editMessage(message, text).catch(() => {
      onChange(about)
      warn(t('messageMenu.notSaved'))
    })
  }
  const writing = {
    text,
    change: (next: string) => onChange({ ...about, text: next }),
    send,
    stopTyping: () => {},
    sendable: tooLate === null && isSendable(text),
  }
  return (
    <Composer
      ref={ref}
      conversationId={message.conversationId}
      name={name}
      writing={writing}
      sendLabel={t('messageMenu.save')}
      onEscape={done}
      above={<ComposerAbout about={about} problem={tooLate} onClose={done} />}
    />
  )
}
