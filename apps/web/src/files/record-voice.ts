const BARS = 64
const SAMPLES_A_SECOND = 20

/** A voice message as it was spoken. */
export interface Recorded {
  readonly blob: Blob
  /** Milliseconds. */
  readonly duration: number
  /** Up to 64 bars from 0 to 255, one byte each, in base64. */
  readonly waveform: string
}

/** A recording under way. */
export interface Recording {
  /** Milliseconds since it began. */
  elapsed(): number
  /** Loudness from 0 to 1 since it began, twenty times a second. */
  levels(): readonly number[]
  /** Ends it, unless it has ended by itself. */
  stop(): Promise<Recorded>
  /** Ends it and forgets what was said. */
  discard(): void
}

/** The first that this browser makes: Opus everywhere but in older Safaris. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']

/** Begins at once. @throws DOMException NotAllowedError, NotFoundError as the browser says */
export async function recordVoice(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  })
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, {
    ...(mimeType ? { mimeType } : {}),
    audioBitsPerSecond: 32_000,
  })
  const chunks: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data))
  const meter = measure(stream)
  const beganAt = performance.now()
  let endedAt: number | null = null
  const release = once(() => {
    meter.end()
    for (const track of stream.getTracks()) track.stop()
  })
  // by itself too, as when the microphone is unplugged: what was said until then is there
  const ended = new Promise<void>((resolve) =>
    recorder.addEventListener('stop', () => {
      endedAt ??= performance.now()
      release()
      resolve()
    }),
  )
  const end = () => {
    endedAt ??= performance.now()
    if (recorder.state !== 'inactive') recorder.stop()
  }
  recorder.start(1000)
  const elapsed = () => (endedAt ?? performance.now()) - beganAt
  return {
    elapsed,
    levels: () => meter.levels,
    async stop() {
      end()
      await ended
      const [type = 'audio/webm'] = recorder.mimeType.split(';')
      const blob = new Blob(chunks, { type })
      return { blob, duration: Math.round(elapsed()), waveform: waveformOf(meter.levels) }
    },
    discard() {
      end()
      release()
    },
  }
}

/** However often it is called. */
function once(work: () => void): () => void {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}

function measure(stream: MediaStream): { readonly levels: number[]; end(): void } {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Uint8Array(analyser.fftSize)
  const levels: number[] = []
  const timer = setInterval(() => {
    analyser.getByteTimeDomainData(samples)
    let sum = 0
    for (const sample of samples) sum += ((sample - 128) / 128) ** 2
    // speech is quiet against what is possible; the root brings it into sight
    levels.push(Math.min(1, Math.sqrt(Math.sqrt(sum / samples.length)) * 1.3))
  }, 1000 / SAMPLES_A_SECOND)
  return {
    levels,
    end() {
      clearInterval(timer)
      void context.close()
    },
  }
}

function waveformOf(levels: readonly number[]): string {
  const bars = Math.max(1, Math.min(BARS, levels.length))
  const bytes = Uint8Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / bars)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / bars))
    return Math.round(255 * Math.max(0, ...levels.slice(from, to)))
  })
  return btoa(String.fromCharCode(...bytes))
}
