import { useMemo } from 'react'
import { useText } from '../text/use-text.ts'
import { durationText } from './file-text.ts'

const BARS = 42
const STEP = 4.5
const HEIGHT = 28
const LEAST = 3

/** Loudness from 0 to 1 in as many bars as are drawn; a flat line where nothing is known. */
function heights(waveform: string | null): readonly number[] {
  if (!waveform) return Array.from({ length: BARS }, () => 0)
  const bytes = Uint8Array.from(atob(waveform), (letter) => letter.charCodeAt(0))
  return Array.from({ length: BARS }, (_, bar) => {
    const from = Math.floor((bar * bytes.length) / BARS)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * bytes.length) / BARS))
    return Math.max(...bytes.subarray(from, to)) / 255
  })
}

interface WaveProps {
  /** As the message carries it. */
  bars: string | null
  /** Milliseconds. */
  at: number
  duration: number
  label: string
  /** null while there is nothing to move in. */
  onSeek: ((at: number) => void) | null
}

/** A waveform, what has been heard of it in the accent colour. It lies under a slider, so that keys and fingers move in it alike. */
export function Wave({ bars, at, duration, label, onSeek }: WaveProps) {
  const t = useText()
  const drawn = useMemo(() => heights(bars), [bars])
  const past = duration > 0 ? (at / duration) * BARS : 0
  return (
    <div className="wave" dir="ltr">
      <svg viewBox={`0 0 ${BARS * STEP} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {drawn.map((height, bar) => {
          const tall = Math.max(LEAST, height * (HEIGHT - 4))
          return (
            <rect
              key={bar}
              className={bar < past ? 'past' : undefined}
              x={bar * STEP}
              y={(HEIGHT - tall) / 2}
              width="2.5"
              height={tall}
              rx="1.25"
            />
          )
        })}
      </svg>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={t('files.positionText', { at: durationText(at), duration: durationText(duration) })}
        min={0}
        max={Math.max(1, Math.round(duration))}
        step={1000}
        value={Math.round(at)}
        disabled={!onSeek}
        onChange={(event) => onSeek?.(Number(event.target.value))}
      />
    </div>
  )
}
