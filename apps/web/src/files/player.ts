import type { File as SharedFile } from '@parley/contracts/files/file'
import { useCallback, useSyncExternalStore } from 'react'
import { recall, remember } from '../theme/theme.ts'
import { takeUrl } from './object-urls.ts'

const SPEED_KEY = 'parley.voice-speed'
const SPEEDS = [1, 1.5, 2] as const

/** Something that can be played, and what plays after it. */
export interface Playable {
  readonly file: SharedFile
  readonly messageId: string
  /** An address to play from while more of it comes; null where all of it is loaded first. */
  readonly stream: string | null
  load(): Promise<Blob>
  next(): Playable | null
}

/** How the one sound that plays stands. Milliseconds. */
export interface Playing {
  readonly fileId: string
  readonly runs: boolean
  readonly at: number
  readonly duration: number
  readonly speed: number
}

/** The sound of this page: one at a time, so that nobody talks into another's words. */
class Player {
  #audio: HTMLAudioElement | null = null
  #now: Playable | null = null
  #release: () => void = () => {}
  #shown: Playing | null = null
  #speed: number | null = null
  readonly #listeners = new Set<() => void>()

  playing(fileId: string): Playing | null {
    return this.#shown?.fileId === fileId ? this.#shown : null
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  speed(): number {
    const kept = Number(recall(SPEED_KEY))
    this.#speed ??= SPEEDS.find((speed) => speed === kept) ?? 1
    return this.#speed
  }

  /** The next of 1, 1.5 and 2; it holds for everything that is played from now on. */
  faster(): void {
    const next = SPEEDS[(SPEEDS.findIndex((speed) => speed === this.speed()) + 1) % SPEEDS.length] ?? 1
    this.#speed = next
    remember(SPEED_KEY, String(next))
    if (this.#audio) this.#audio.playbackRate = next
    this.#show()
  }

  /** Plays, or holds what plays. @throws CallFailed when its bytes cannot be had */
  async toggle(wanted: Playable): Promise<void> {
    const audio = this.#element()
    if (this.#now?.file.id === wanted.file.id) {
      this.#now = wanted
      if (audio.paused) await audio.play()
      else audio.pause()
      return
    }
    await this.#begin(wanted)
  }

  seek(fileId: string, at: number): void {
    if (!this.#audio || this.#now?.file.id !== fileId) return
    this.#audio.currentTime = at / 1000
    this.#show()
  }

  /** Nothing is heard any more, as when the person leaves. */
  stop(): void {
    this.#audio?.pause()
    this.#now = null
    this.#release()
    this.#release = () => {}
    this.#show()
  }

  async #begin(wanted: Playable): Promise<void> {
    const audio = this.#element()
    audio.pause()
    this.#release()
    this.#release = () => {}
    this.#now = wanted
    if (wanted.stream !== null && (await this.#plays(wanted, wanted.stream))) return
    const url = await this.#load(wanted)
    await this.#start(wanted, url)
  }

  async #start(wanted: Playable, url: string): Promise<void> {
    const audio = this.#element()
    if (this.#now !== wanted) return
    audio.src = url
    audio.playbackRate = wanted.file.kind === 'voice' ? this.speed() : 1
    await audio.play()
  }

  /** What cannot be played while it comes is loaded whole: from the copy on this device, or to be told why not. */
  async #plays(wanted: Playable, url: string): Promise<boolean> {
    try {
      await this.#start(wanted, url)
      return true
    } catch (error) {
      // it was held before it began
      const isHeld = error instanceof DOMException && error.name === 'AbortError'
      return isHeld || this.#now !== wanted
    }
  }

  #load(wanted: Playable): Promise<string> {
    const { held, release } = takeUrl(`${wanted.file.id} content`, () => wanted.load())
    this.#release = release
    return held.loading
  }

  #element(): HTMLAudioElement {
    if (this.#audio) return this.#audio
    const audio = new Audio()
    this.#audio = audio
    for (const name of ['play', 'pause', 'timeupdate', 'durationchange', 'ratechange'])
      audio.addEventListener(name, () => this.#show())
    audio.addEventListener('ended', () => this.#ended())
    return audio
  }

  #ended(): void {
    const next = this.#now?.next() ?? null
    if (next) void this.#begin(next).catch(() => this.stop())
    else this.stop()
  }

  #show(): void {
    const audio = this.#audio
    const file = this.#now?.file
    this.#shown =
      audio && file
        ? {
            fileId: file.id,
            runs: !audio.paused,
            at: audio.currentTime * 1000,
            // recordings of browsers do not say how long they are
            duration: file.duration ?? (Number.isFinite(audio.duration) ? audio.duration * 1000 : 0),
            speed: this.speed(),
          }
        : null
    for (const listener of this.#listeners) listener()
  }
}

export const player = new Player()

const subscribe = (listener: () => void) => player.subscribe(listener)

/** How this sound stands; null while another one plays, or none. */
export function usePlaying(fileId: string): Playing | null {
  const read = useCallback(() => player.playing(fileId), [fileId])
  return useSyncExternalStore(subscribe, read, () => null)
}

/** How fast voice messages play. */
export const useVoiceSpeed = (): number =>
  useSyncExternalStore(
    subscribe,
    () => player.speed(),
    () => 1,
  )
