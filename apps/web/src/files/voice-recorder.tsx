'use client'

import type { MessageView } from '@parley/client/client-api'
import { useCommunication } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { ChevronLeft, ChevronUp, Lock, Pause, Play, Send, Square, Trash2 } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsTouch } from '../controls/use-media.ts'
import { useToasts } from '../controls/toasts.tsx'
import '../text/words/attach.ts'
import { useText } from '../text/use-text.ts'
import { durationText } from './file-text.ts'
import { recordVoice, type Recorded, type Recording } from './record-voice.ts'
import { useMayShare } from './use-may-share.ts'
import { useHeldPointer, type Hold } from './use-held-pointer.ts'
import { Wave } from './wave.tsx'

/** Shorter ones were pressed by mistake. */
const SHORTEST = 700
const LIVE_BARS = 48

interface VoiceRecorderProps {
  conversationId: string
  /** The finger that began it and still lies on the button; null when it was a click or a key. */
  hold: Hold | null
  replyTo?: MessageView | null
  onDone: () => void
}

/** In the composer's place while somebody speaks: the time, what is heard, and what to do with it. */
export function VoiceRecorder({ conversationId, hold, replyTo = null, onDone }: VoiceRecorderProps) {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const { recording, recorded, current, stop } = useRecording(onDone)
  const [held, setHeld] = useState(hold !== null)
  const whyNot = useWhyNoVoice()

  async function send() {
    if (whyNot) {
      warn(whyNot)
      return
    }
    const elapsed = recorded?.duration ?? current.current?.elapsed() ?? 0
    if (elapsed < SHORTEST) {
      say(t('recorder.tooShort'))
      onDone()
      return
    }
    const done = await stop()
    if (!done) return
    try {
      await client.send(conversationId, '', {
        files: [
          {
            bytes: done.blob,
            name: nameOf(done),
            type: done.blob.type,
            kind: 'voice',
            facts: { duration: done.duration, waveform: done.waveform },
          },
        ],
        ...(replyTo ? { replyTo } : {}),
      })
      onDone()
    } catch (error) {
      warn(error)
    }
  }

  const finger = useHeldPointer(held ? hold : null, {
    onCancel: onDone,
    onLock: () => setHeld(false),
    onLetGo: () => {
      if (current.current) void send()
      // the microphone was not there yet
      else onDone()
    },
  })
  useKeys({ onCancel: onDone, onSend: () => void send() })

  return (
    <div className="compose" role="group" aria-label={t('composer.record')}>
      {whyNot ? (
        <p className="err px-2 pb-1" role="alert">
          {whyNot}
        </p>
      ) : null}
      <div className="compose-form recorder">
        {held ? null : <IconButton icon={Trash2} label={t('recorder.cancel')} onClick={onDone} />}
        {recorded ? (
          <Preview recorded={recorded} />
        ) : (
          <Live recording={recording} shift={finger.along} held={held} />
        )}
        {recorded || held ? null : (
          <IconButton icon={Square} label={t('recorder.stop')} onClick={() => void stop()} />
        )}
        {held ? <LockHint /> : <SendButton barred={whyNot !== null} onSend={() => void send()} />}
      </div>
    </div>
  )
}

const LockHint = () => (
  <span className="lock-hint" aria-hidden="true">
    <ChevronUp className="i m" />
    <Lock className="i m" />
  </span>
)

function SendButton({ barred, onSend }: { barred: boolean; onSend: () => void }) {
  const t = useText()
  const isTouch = useIsTouch()
  return (
    <button
      type="button"
      // what was pressed to speak is gone
      autoFocus={!isTouch}
      className="send"
      aria-label={t('recorder.send')}
      aria-disabled={barred || undefined}
      onClick={onSend}
    >
      <Send className="i flips" />
    </button>
  )
}

/** Why the organisation does not take what is spoken, as soon as it does not. */
function useWhyNoVoice(): string | null {
  const t = useText()
  const may = useMayShare()
  const { fileKinds } = useCommunication()
  if (!may) return t('composer.mayNotAttach')
  return fileKinds.includes('voice') ? null : t('kindNotAllowed.voice')
}

/** One recording, for as long as this is there. */
function useRecording(onDone: () => void) {
  const t = useText()
  const { warn } = useToasts()
  const [recording, setRecording] = useState<Recording | null>(null)
  const [recorded, setRecorded] = useState<Recorded | null>(null)
  const current = useRef<Recording | null>(null)

  useEffect(() => {
    let over = false
    recordVoice().then(
      (begun) => {
        if (over) {
          begun.discard()
          return
        }
        current.current = begun
        setRecording(begun)
      },
      (error: unknown) => {
        if (over) return
        const missing = error instanceof DOMException && error.name === 'NotFoundError'
        warn(t(missing ? 'recorder.missing' : 'recorder.denied'))
        onDone()
      },
    )
    return () => {
      over = true
      current.current?.discard()
      current.current = null
    }
    // one recording for as long as this is there
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  async function stop(): Promise<Recorded | null> {
    const ending = current.current
    if (!ending) return recorded
    current.current = null
    const done = await ending.stop()
    setRecorded(done)
    setRecording(null)
    return done
  }

  return { recording, recorded, current, stop }
}

/** Escape discards; Enter sends, unless it means a button. */
function useKeys({ onCancel, onSend }: { onCancel: () => void; onSend: () => void }) {
  const onKeyDown = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[role="dialog"]')) return
    if (event.key === 'Escape') {
      event.preventDefault()
      onCancel()
    }
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a, input')
    if (event.key === 'Enter' && !onButton) {
      event.preventDefault()
      onSend()
    }
  })
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => onKeyDown(event)
    // before the panes beside it hear of Escape
    addEventListener('keydown', listener, true)
    return () => removeEventListener('keydown', listener, true)
  }, [])
}

interface LiveProps {
  recording: Recording | null
  shift: number
  held: boolean
}

function Live({ recording, shift, held }: LiveProps) {
  const t = useText()
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => {
      tick((before) => before + 1)
    }, 100)
    return () => clearInterval(timer)
  }, [])
  const elapsed = recording?.elapsed() ?? 0
  const levels = recording?.levels().slice(-LIVE_BARS) ?? []
  return (
    <>
      <span className="rec-dot" aria-hidden="true" />
      <span
        className="rec-time"
        role="timer"
        aria-label={t('recorder.recording', { duration: durationText(elapsed) })}
      >
        {durationText(elapsed)}
      </span>
      <svg
        className="rec-levels"
        viewBox={`0 0 ${LIVE_BARS * 4} 28`}
        preserveAspectRatio="xMaxYMid meet"
        aria-hidden="true"
      >
        {levels.map((level, index) => {
          const tall = Math.max(3, level * 26)
          return (
            <rect
              key={index}
              x={(LIVE_BARS - levels.length + index) * 4}
              y={(28 - tall) / 2}
              width="2.5"
              height={tall}
              rx="1.25"
            />
          )
        })}
      </svg>
      {held ? (
        <span className="slide-hint" style={{ translate: `${shift}px` }}>
          <ChevronLeft className="i m flips" /> {t('recorder.slide')}
        </span>
      ) : null}
    </>
  )
}

/** What was recorded, to be heard before it is sent. */
function Preview({ recorded }: { recorded: Recorded }) {
  const t = useText()
  const audio = useRef<HTMLAudioElement | null>(null)
  const [at, setAt] = useState(0)
  const [runs, setRuns] = useState(false)
  useEffect(() => {
    const url = URL.createObjectURL(recorded.blob)
    const element = new Audio(url)
    audio.current = element
    const show = () => {
      setAt(element.currentTime * 1000)
      setRuns(!element.paused)
    }
    for (const name of ['play', 'pause', 'timeupdate', 'ended']) element.addEventListener(name, show)
    return () => {
      element.pause()
      URL.revokeObjectURL(url)
    }
  }, [recorded])
  const toggle = () => {
    const element = audio.current
    if (element?.paused) void element.play()
    else element?.pause()
  }
  return (
    <>
      <IconButton
        icon={runs ? Pause : Play}
        label={runs ? t('files.pause') : t('files.play')}
        onClick={toggle}
      />
      <span className="rec-time">{durationText(runs || at > 0 ? at : recorded.duration)}</span>
      <Wave
        bars={recorded.waveform}
        at={at}
        duration={recorded.duration}
        label={t('files.position', { name: t('recorder.preview') })}
        onSeek={(next) => {
          if (audio.current) audio.current.currentTime = next / 1000
        }}
      />
    </>
  )
}

function nameOf({ blob }: Recorded): string {
  const now = new Date()
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const extension = blob.type === 'audio/mp4' ? 'm4a' : blob.type === 'audio/ogg' ? 'ogg' : 'webm'
  return `Voice ${day} ${two(now.getHours())}.${two(now.getMinutes())}.${extension}`
}
