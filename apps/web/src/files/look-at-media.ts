import type { FileKind } from '@parley/contracts/communication/communication'
import type { MediaFacts } from '@parley/contracts/files/file'

/** A file of which this browser learns nothing in this time is sent without. */
const GIVE_UP_AFTER = 8_000
const POSTER_SIDE = 960

/** What this device can tell of a file before it is sent. */
export interface Looked {
  readonly facts: MediaFacts
  readonly poster: Blob | null
}

const nothing: Looked = { facts: {}, poster: null }

/** Width and height, duration, and a picture that stands for a video. What the browser cannot read it leaves out. */
export async function lookAtMedia(file: Blob, kind: FileKind): Promise<Looked> {
  if (kind === 'document' || kind === 'voice') return nothing
  const url = URL.createObjectURL(file)
  try {
    if (kind === 'picture') return await inTime(picture(url))
    return await inTime(kind === 'video' ? video(url) : sound(url))
  } catch {
    return nothing
  } finally {
    URL.revokeObjectURL(url)
  }
}

function inTime<T>(looking: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), GIVE_UP_AFTER)
    looking.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** Resolves with the first of these events. */
function once(target: EventTarget, good: string): Promise<void> {
  return new Promise((resolve, reject) => {
    target.addEventListener(good, () => resolve(), { once: true })
    target.addEventListener('error', () => reject(new Error('not readable')), { once: true })
  })
}

async function picture(url: string): Promise<Looked> {
  const image = new Image()
  const loaded = once(image, 'load')
  image.src = url
  await loaded
  return { facts: sides(image.naturalWidth, image.naturalHeight), poster: null }
}

async function sound(url: string): Promise<Looked> {
  const audio = new Audio()
  const loaded = once(audio, 'loadedmetadata')
  audio.preload = 'metadata'
  audio.src = url
  await loaded
  return { facts: lasting(audio.duration), poster: null }
}

async function video(url: string): Promise<Looked> {
  const film = document.createElement('video')
  film.muted = true
  film.playsInline = true
  film.preload = 'auto'
  const loaded = once(film, 'loadeddata')
  film.src = url
  await loaded
  const facts = { ...sides(film.videoWidth, film.videoHeight), ...lasting(film.duration) }
  try {
    // the very first frame is often black
    const at = Number.isFinite(film.duration) ? Math.min(1, film.duration / 3) : 0
    if (at > 0) {
      const sought = once(film, 'seeked')
      film.currentTime = at
      await sought
    }
    return { facts, poster: await frameOf(film) }
  } catch {
    return { facts, poster: null }
  }
}

async function frameOf(film: HTMLVideoElement): Promise<Blob | null> {
  const scale = Math.min(1, POSTER_SIDE / Math.max(film.videoWidth, film.videoHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(film.videoWidth * scale))
  canvas.height = Math.max(1, Math.round(film.videoHeight * scale))
  canvas.getContext('2d')?.drawImage(film, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82))
}

const sides = (width: number, height: number): MediaFacts =>
  width > 0 && height > 0 ? { width, height } : {}

const lasting = (seconds: number): MediaFacts =>
  Number.isFinite(seconds) ? { duration: Math.round(seconds * 1000) } : {}
