'use client'

import { MESSAGE_MAX_LENGTH } from '@parley/contracts/messages/bounds'
import { Send } from 'lucide-react'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type KeyboardEvent, type Ref } from 'react'
import { useIsTouch } from '../controls/use-media.ts'
import { useText } from '../text/use-text.ts'
import { EmojiButton } from '../emoji/emoji-button.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import type { MentionHandle } from './mention-picker.tsx'
import { useDraftText } from './use-draft-text.ts'

/** Fetched with the first "@". */
const MentionPicker = lazyPart(() => import('./mention-picker.tsx').then((module) => module.MentionPicker))

const COUNTED_WITHIN = 500

export interface ComposerHandle {
  /** Text of a message that was taken back for editing, before whatever is in the field. */
  putBack(text: string): void
  focus(): void
}

interface ComposerProps {
  conversationId: string
  name: string
  ref: Ref<ComposerHandle>
}

export function Composer({ conversationId, name, ref }: ComposerProps) {
  const t = useText()
  const isTouch = useIsTouch()
  const field = useRef<HTMLTextAreaElement>(null)
  const mention = useRef<MentionHandle>(null)
  const { text, change, send, stopTyping, sendable } = useDraftText(conversationId)
  const left = MESSAGE_MAX_LENGTH - text.trim().length

  useLayoutEffect(() => fitToText(field.current), [text])
  useEffect(() => {
    if (!isTouch) field.current?.focus({ preventScroll: true })
  }, [isTouch])
  useImperativeHandle(ref, () => ({
    putBack: (taken) => {
      change(text.trim() ? `${taken}\n${text}` : taken)
      field.current?.focus()
    },
    focus: () => field.current?.focus({ preventScroll: true }),
  }))

  function insert(emoji: string) {
    const area = field.current
    const at = area?.selectionStart ?? text.length
    change(text.slice(0, at) + emoji + text.slice(area?.selectionEnd ?? at))
    requestAnimationFrame(() => area?.setSelectionRange(at + emoji.length, at + emoji.length))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (mention.current?.key(event)) return
    // While an input method composes, Enter chooses a word; Safari says so by this code alone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it in Safari
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || composing || isTouch || event.shiftKey || event.altKey) return
    event.preventDefault()
    void send()
  }

  return (
    <div className="compose">
      {text.includes('@') ? (
        <MentionPicker
          ref={mention}
          conversationId={conversationId}
          field={field}
          text={text}
          onChange={change}
        />
      ) : null}
      <CounterLine left={left} />
      <form
        className="compose-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
          field.current?.focus()
        }}
      >
        <div className="compose-box">
          <textarea
            ref={field}
            className="say"
            rows={1}
            dir="auto"
            aria-label={t('composer.label', { name })}
            placeholder={t('composer.placeholder')}
            enterKeyHint={isTouch ? 'enter' : 'send'}
            value={text}
            onChange={(event) => change(event.target.value)}
            onBlur={stopTyping}
            onKeyDown={onKeyDown}
          />
          <EmojiButton onPick={insert} onClosed={() => field.current?.focus()} />
        </div>
        <button type="submit" className="send" aria-label={t('composer.send')} disabled={!sendable}>
          <Send className="i flips" />
        </button>
      </form>
    </div>
  )
}

/** How much room is left, when it is little. */
function CounterLine({ left }: { left: number }) {
  const t = useText()
  if (left > COUNTED_WITHIN) return null
  return (
    <p className={left < 0 ? 'counter-line over' : 'counter-line'} role="status">
      {left < 0 ? t('composer.over', { count: -left }) : t('composer.left', { count: left })}
    </p>
  )
}

/** Grows with its text; the style sheet sets the most. */
function fitToText(area: HTMLTextAreaElement | null): void {
  if (!area) return
  area.style.blockSize = 'auto'
  area.style.blockSize = `${area.scrollHeight}px`
}
