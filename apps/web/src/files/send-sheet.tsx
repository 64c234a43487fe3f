'use client'

import type { MessageView } from '@parley/client/client-api'
import { MESSAGE_MAX_LENGTH } from '@parley/contracts/messages/bounds'
import { useCommunication, useConnection } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { clsx } from 'clsx'
import { Play, Plus, Send, TriangleAlert, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Dialog } from '../controls/dialog.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { useIsTouch } from '../controls/use-media.ts'
import '../text/words/attach.ts'
import { useText } from '../text/use-text.ts'
import { problemOf, problemOfAll, type Chosen, type Limits } from './check-chosen.ts'
import { FileTile } from './document-card.tsx'
import { documentText } from './file-text.ts'
import { kindOf } from './kind-of.ts'
import { sendChosen } from './send-chosen.ts'
import { useMayShare } from './use-may-share.ts'

interface SendSheetProps {
  conversationId: string
  name: string
  files: readonly File[]
  /** What was begun in the composer goes with them. */
  text: string
  replyTo?: MessageView | null
  /** @param left what was not sent of the caption */
  onClose: (left: string | null) => void
}

let lastId = 0
const chosenOf = (files: readonly File[]): Chosen[] =>
  files.map((file) => ({ id: ++lastId, file, kind: kindOf(file) }))

/** Whoever sent something, or thought better of it, goes on writing. */
const focusAfter = () => document.querySelector<HTMLElement>('.compose textarea')?.focus()

/** What is about to be sent: looked at, put together and given a caption. */
export function SendSheet({ conversationId, name, files, text, replyTo = null, onClose }: SendSheetProps) {
  const t = useText()
  const client = useClient()
  const failureText = useFailureText()
  const rules = useCommunication()
  const limits = useLimits()
  const [chosen, setChosen] = useState(() => chosenOf(files))
  const [shownId, setShownId] = useState(chosen[0]?.id ?? 0)
  const [caption, setCaption] = useState(text)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const shown = chosen.find(({ id }) => id === shownId) ?? chosen[0]
  const problems = new Map(chosen.map((one) => [one.id, problemOf(t, one, rules, limits)]))
  const shownProblem = shown ? (problems.get(shown.id) ?? null) : null
  const isTouch = useIsTouch()
  const may = useMayShare()
  const problem = may ? (shownProblem ?? problemOfAll(t, chosen, limits)) : t('composer.mayNotAttach')
  const anyProblem = problem ?? [...problems.values()].find((one) => one !== null) ?? null
  const sendable =
    chosen.length > 0 && anyProblem === null && caption.trim().length <= MESSAGE_MAX_LENGTH && !busy

  function remove(id: number) {
    const left = chosen.filter((one) => one.id !== id)
    if (left.length === 0) onClose(caption)
    else setChosen(left)
  }

  async function send() {
    if (!sendable) return
    setBusy(true)
    setFailure(null)
    try {
      await sendChosen(client, conversationId, chosen, caption.trim(), replyTo)
      onClose(null)
    } catch (error) {
      setFailure(failureText(error))
      setBusy(false)
    }
  }

  if (!shown) return null
  return (
    <Dialog
      title={t('attach.titleTo', { name })}
      onClose={() => onClose(caption)}
      {...(isTouch ? {} : { focusAfter })}
    >
      <div className="sheet-body">
        <BigPreview key={shown.id} chosen={shown} />
        {(anyProblem ?? failure) ? (
          <p className="err sheet-problem" role="alert">
            <TriangleAlert className="i m" />
            <span dir="auto">{problem ?? failure ?? anyProblem}</span>
          </p>
        ) : null}
        <Strip
          chosen={chosen}
          shownId={shown.id}
          problems={problems}
          onShow={setShownId}
          onRemove={remove}
          onAdd={(more) => {
            const added = chosenOf(more)
            setChosen([...chosen, ...added])
            if (added[0]) setShownId(added[0].id)
          }}
        />
        <CaptionLine
          value={caption}
          onChange={setCaption}
          onSend={() => void send()}
          sendable={sendable}
          busy={busy}
          count={chosen.length}
        />
      </div>
    </Dialog>
  )
}

/** Asked of the server with each opening; without it the organisation's own rules say enough. */
function useLimits(): Limits | null {
  const client = useClient()
  const live = useConnection() === 'live'
  const [limits, setLimits] = useState<Limits | null>(null)
  useEffect(() => {
    if (!live) return
    let over = false
    client.call('fileLimits', {}).then(
      (given) => {
        if (!over) setLimits(given)
      },
      () => undefined,
    )
    return () => {
      over = true
    }
  }, [client, live])
  return limits
}

function useLocalUrl(file: File): string {
  const url = useMemo(() => URL.createObjectURL(file), [file])
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return url
}

function BigPreview({ chosen: { file, kind } }: { chosen: Chosen }) {
  const t = useText()
  const url = useLocalUrl(file)
  const [unreadable, setUnreadable] = useState(false)
  if (kind === 'picture' && !unreadable)
    return (
      <div className="big-preview">
        <img src={url} alt={file.name} onError={() => setUnreadable(true)} />
      </div>
    )
  if (kind === 'video' && !unreadable)
    return (
      <div className="big-preview">
        <video src={url} controls playsInline aria-label={file.name} onError={() => setUnreadable(true)} />
      </div>
    )
  return (
    <div className="big-preview plain">
      <FileTile file={file} />
      <span className="name cut" dir="auto">
        {file.name}
      </span>
      <span className="about">
        {documentText(t, { id: '', kind, name: file.name, type: file.type, size: file.size })}
      </span>
      {kind === 'audio' ? <audio src={url} controls aria-label={file.name} /> : null}
    </div>
  )
}

interface StripProps {
  chosen: readonly Chosen[]
  shownId: number
  problems: ReadonlyMap<number, string | null>
  onShow: (id: number) => void
  onRemove: (id: number) => void
  onAdd: (files: readonly File[]) => void
}

function Strip({ chosen, shownId, problems, onShow, onRemove, onAdd }: StripProps) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="strip" role="group" aria-label={t('attach.chosen')}>
      {chosen.map((one) => (
        <span
          key={one.id}
          className={clsx('strip-one', one.id === shownId && 'on', problems.get(one.id) && 'bad')}
        >
          <StripThumb chosen={one} current={one.id === shownId} onShow={() => onShow(one.id)} />
          <button
            type="button"
            className="strip-remove"
            aria-label={t('attach.remove', { name: one.file.name })}
            onClick={() => onRemove(one.id)}
          >
            <X className="i" />
          </button>
        </span>
      ))}
      <button
        type="button"
        className="strip-add"
        aria-label={t('attach.more')}
        data-tip={t('attach.more')}
        onClick={() => input.current?.click()}
      >
        <Plus className="i l" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onAdd([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}

function StripThumb({
  chosen: { file, kind },
  current,
  onShow,
}: {
  chosen: Chosen
  current: boolean
  onShow: () => void
}) {
  const url = useLocalUrl(file)
  const [unreadable, setUnreadable] = useState(false)
  return (
    <button
      type="button"
      className="strip-show"
      aria-pressed={current}
      aria-label={file.name}
      onClick={onShow}
    >
      {kind === 'picture' && !unreadable ? (
        <img src={url} alt="" onError={() => setUnreadable(true)} />
      ) : kind === 'video' ? (
        <>
          <video src={url} muted playsInline preload="metadata" />
          <Play className="i" />
        </>
      ) : (
        <FileTile file={file} />
      )}
    </button>
  )
}

interface CaptionLineProps {
  value: string
  onChange: (value: string) => void
  onSend: () => void
  sendable: boolean
  busy: boolean
  count: number
}

function CaptionLine({ value, onChange, onSend, sendable, busy, count }: CaptionLineProps) {
  const t = useText()
  const isTouch = useIsTouch()
  function onKeyDown(event: KeyboardEvent) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it in Safari
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || composing || isTouch || event.shiftKey || event.altKey) return
    event.preventDefault()
    onSend()
  }
  return (
    <div className="caption-line">
      <textarea
        className="input"
        rows={1}
        dir="auto"
        data-first
        aria-label={t('attach.caption')}
        placeholder={t('attach.caption')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        className="send"
        aria-label={t('attach.sendCount', { count })}
        aria-busy={busy}
        disabled={!sendable}
        onClick={onSend}
      >
        <Send className="i flips" />
      </button>
    </div>
  )
}
