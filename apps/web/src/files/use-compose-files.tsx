'use client'

import type { MessageView } from '@parley/client/client-api'
import { useCommunication } from '@parley/react/hooks'
import { Mic } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type ClipboardEvent, type ReactNode } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import type { Writing } from '../conversations/use-writing.ts'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useText } from '../text/use-text.ts'
import { AttachButton } from './attach-button.tsx'
import type { Hold } from './use-held-pointer.ts'
import { useMayShare } from './use-may-share.ts'

const SendSheet = lazyPart(() => import('./send-sheet.tsx').then((module) => module.SendSheet))
const VoiceRecorder = lazyPart(() => import('./voice-recorder.tsx').then((module) => module.VoiceRecorder))

/** What files add to a composer. */
export interface ComposeFiles {
  /** At the beginning of its line. */
  readonly attach: ReactNode
  /** In place of the button that sends, while nothing is written; null where no voice can be sent. */
  readonly mic: ReactNode
  /** In place of all of it, while somebody speaks. */
  readonly recorder: ReactNode
  /** Over the page, while chosen files are looked at. */
  readonly sheet: ReactNode
  readonly take: (files: readonly File[]) => void
  readonly onPaste: (event: ClipboardEvent) => void
}

interface Given {
  conversationId: string
  name: string
  writing: Pick<Writing, 'text' | 'change'>
  replyTo: MessageView | null
  /** What was answered is answered. */
  onSent: () => void
}

/** Choosing, pasting and dropping files, and speaking. */
export function useComposeFiles({ conversationId, name, writing, replyTo, onSent }: Given): ComposeFiles {
  const t = useText()
  const { warn } = useToasts()
  const may = useMayShare()
  const { fileKinds } = useCommunication()
  const [chosen, setChosen] = useState<readonly File[] | null>(null)
  const [speaking, setSpeaking] = useState<{ readonly hold: Hold | null } | null>(null)
  const { text, change } = writing

  const before = useRef(may)
  useEffect(() => {
    // who is about to choose a file hears why there is nothing to choose any more
    if (before.current && !may) warn(t('composer.mayNotAttach'))
    before.current = may
  }, [may, warn, t])

  const take = useCallback(
    (files: readonly File[]) => {
      if (may) setChosen(files)
      else warn(t('composer.mayNotAttach'))
    },
    [may, warn, t],
  )
  const canSpeak = may && fileKinds.includes('voice') && 'MediaRecorder' in globalThis
  return {
    attach: <AttachButton onFiles={take} />,
    mic: canSpeak ? <MicButton onSpeak={(hold) => setSpeaking({ hold })} /> : null,
    recorder: speaking ? (
      <VoiceRecorder
        conversationId={conversationId}
        hold={speaking.hold}
        replyTo={replyTo}
        onDone={() => setSpeaking(null)}
      />
    ) : null,
    sheet: chosen ? (
      <SendSheet
        conversationId={conversationId}
        name={name}
        files={chosen}
        text={text}
        replyTo={replyTo}
        onClose={(left) => {
          setChosen(null)
          change(left ?? '')
          if (left === null) onSent()
        }}
      />
    ) : null,
    take,
    onPaste(event) {
      const files = [...event.clipboardData.files]
      if (files.length === 0) return
      event.preventDefault()
      take(files)
    },
  }
}

/** A click records until it is sent or discarded; a finger for as long as it lies on it. */
function MicButton({ onSpeak }: { onSpeak: (hold: Hold | null) => void }) {
  const t = useText()
  return (
    <button
      type="button"
      className="send mic"
      aria-label={t('composer.record')}
      data-tip={t('composer.record')}
      onPointerEnter={VoiceRecorder.fetch}
      onFocus={VoiceRecorder.fetch}
      onPointerDown={(event) => {
        if (event.pointerType !== 'touch') return
        event.preventDefault()
        const { pointerId, clientX: x, clientY: y } = event
        onSpeak({ pointerId, x, y })
      }}
      onClick={(event) => {
        // what a finger began is not begun twice
        if ((event.nativeEvent as PointerEvent).pointerType !== 'touch') onSpeak(null)
      }}
    >
      <Mic className="i" />
    </button>
  )
}
