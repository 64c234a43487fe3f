'use client'

import { MESSAGE_MAX_LENGTH } from '@parley/contracts/messages/bounds'
import { Send } from 'lucide-react'
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react'
import { useIsTouch } from '../controls/use-media.ts'
import { useText } from '../text/use-text.ts'
import { EmojiButton } from '../emoji/emoji-button.tsx'
import type { ComposeFiles } from '../files/use-compose-files.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import type { MentionHandle } from './mention-picker.tsx'
import type { Writing } from './use-writing.ts'

/** Fetched with the first "@". */
const MentionPicker = lazyPart(() => import('./mention-picker.tsx').then((module) => module.MentionPicker))

const COUNTED_WITHIN = 500

export interface ComposerHandle {
  /** Text of a message that was taken back for editing, before whatever is in the field. */
  putBack(text: string): void
  focus(): void
  /** Files that were dropped nearby; where none can be sent, they are not taken. */
  take?: ((files: readonly File[]) => void) | undefined
}

interface ComposerProps {
  conversationId: string
  name: string
  writing: Writing
  /** What the text is about, shown above it. */
  above: ReactNode
  sendLabel?: string
  onEscape?: (() => void) | undefined
  /** The arrow up in an empty field. */
  onArrowUp?: () => void
  /** Where files can go with it. */
  files?: ComposeFiles
  ref: Ref<ComposerHandle>
}

export function Composer({
  conversationId,
  name,
  writing,
  above,
  sendLabel,
  onEscape,
  onArrowUp,
  files,
  ref,
}: ComposerProps) {
  const t = useText()
  const isTouch = useIsTouch()
  const field = useRef<HTMLTextAreaElement>(null)
  const mention = useRef<MentionHandle>(null)
  const { text, change, send, stopTyping, sendable } = writing

  useFieldWithText(field, text, Boolean(files?.recorder))
  useImperativeHandle(ref, () => ({
    putBack: (taken) => {
      change(text.trim() ? `${taken}\n${text}` : taken)
      field.current?.focus()
    },
    focus: () => field.current?.focus({ preventScroll: true }),
    take: files?.take,
  }))

  const onKeyDown = useComposerKeys({ writing, mention, onEscape, onArrowUp })

  if (files?.recorder) return files.recorder
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
      <CounterLine text={text} />
      <form
        className="compose-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
          field.current?.focus()
        }}
      >
        {above}
        <div className="compose-box">
          {files?.attach}
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
            onPaste={files?.onPaste}
          />
          <EmojiButton
            onPick={(emoji) => insertInto(field.current, emoji, writing)}
            onClosed={() => field.current?.focus()}
          />
        </div>
        {(text.trim() === '' ? files?.mic : null) ?? (
          <SendButton label={sendLabel ?? t('composer.send')} disabled={!sendable} />
        )}
      </form>
      {files?.sheet}
    </div>
  )
}

function SendButton({ label, disabled }: { label: string; disabled: boolean }) {
  return (
    <button type="submit" className="send" aria-label={label} disabled={disabled}>
      <Send className="i flips" />
    </button>
  )
}

/** Puts something where the caret stands, and the caret behind it. */
function insertInto(area: HTMLTextAreaElement | null, typed: string, { text, change }: Writing): void {
  const at = area?.selectionStart ?? text.length
  change(text.slice(0, at) + typed + text.slice(area?.selectionEnd ?? at))
  requestAnimationFrame(() => area?.setSelectionRange(at + typed.length, at + typed.length))
}

interface Keys {
  writing: Writing
  mention: RefObject<MentionHandle | null>
  onEscape: (() => void) | undefined
  onArrowUp: (() => void) | undefined
}

/** What keys do in the field besides typing. */
function useComposerKeys({ writing: { text, send }, mention, onEscape, onArrowUp }: Keys) {
  const isTouch = useIsTouch()
  return (event: KeyboardEvent) => {
    if (mention.current?.key(event)) return
    if (event.key === 'Escape' && onEscape) {
      // a pane beside it stays
      event.preventDefault()
      onEscape()
    }
    if (event.key === 'ArrowUp' && text === '' && onArrowUp) {
      event.preventDefault()
      onArrowUp()
    }
    // While an input method composes, Enter chooses a word; Safari says so by this code alone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it in Safari
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || composing || isTouch || event.shiftKey || event.altKey) return
    event.preventDefault()
    void send()
  }
}

/** How much room is left, when it is little. */
function CounterLine({ text }: { text: string }) {
  const t = useText()
  const left = MESSAGE_MAX_LENGTH - text.trim().length
  if (left > COUNTED_WITHIN) return null
  return (
    <p className={left < 0 ? 'counter-line over' : 'counter-line'} role="status">
      {left < 0 ? t('composer.over', { count: -left }) : t('composer.left', { count: left })}
    </p>
  )
}

/** The field is as high as its text, and ready to be typed into; again when what stood in its place is gone. */
function useFieldWithText(field: RefObject<HTMLTextAreaElement | null>, text: string, isAway: boolean): void {
  const isTouch = useIsTouch()
  useLayoutEffect(() => fitToText(field.current), [field, text])
  useEffect(() => {
    const area = field.current
    if (isTouch || isAway || !area) return
    area.focus({ preventScroll: true })
    // one goes on behind what is there: a draft, or a message that is changed
    area.setSelectionRange(area.value.length, area.value.length)
  }, [field, isTouch, isAway])
}

/** Grows with its text; the style sheet sets the most. */
function fitToText(area: HTMLTextAreaElement | null): void {
  if (!area) return
  area.style.blockSize = 'auto'
  area.style.blockSize = `${area.scrollHeight}px`
}
