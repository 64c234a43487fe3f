import { TYPING_EXPIRES_AFTER } from '@parley/contracts/conversations/bounds'
import type { Timers, TimerHandle } from '../platform/platform.ts'
import type { Topics } from '../topics/topics.ts'

/** Repeated well before the others' screens let it fade. */
const REPEAT_AFTER = TYPING_EXPIRES_AFTER / 2

export interface TypingSignal {
  readonly conversationId: string
  readonly memberId: string
  readonly typing: boolean
}

const nobody: readonly string[] = []

/** Who is typing where; signals fade by themselves (Y10). */
export class Typing {
  readonly #timers: Timers
  readonly #topics: Topics
  readonly #fading = new Map<string, Map<string, TimerHandle>>()
  readonly #shown = new Map<string, readonly string[]>()
  /** When this device last said so, per conversation. */
  readonly #said = new Map<string, number>()

  constructor(timers: Timers, topics: Topics) {
    this.#timers = timers
    this.#topics = topics
  }

  /** The members typing in a conversation, first come first. */
  in(conversationId: string): readonly string[] {
    return this.#shown.get(conversationId) ?? nobody
  }

  hear({ conversationId, memberId, typing }: TypingSignal): void {
    const fading = this.#fading.get(conversationId) ?? new Map<string, TimerHandle>()
    if (fading.has(memberId)) this.#timers.clear(fading.get(memberId))
    else if (!typing) return
    if (typing) {
      const fade = () => this.hear({ conversationId, memberId, typing: false })
      fading.set(memberId, this.#timers.set(fade, TYPING_EXPIRES_AFTER))
    } else fading.delete(memberId)
    if (fading.size === 0) this.#fading.delete(conversationId)
    else this.#fading.set(conversationId, fading)
    this.#show(conversationId, [...fading.keys()])
  }

  /** Nothing is heard any more: nobody types, as far as can be known. */
  clear(): void {
    for (const fading of this.#fading.values()) for (const timer of fading.values()) this.#timers.clear(timer)
    const conversationIds = [...this.#fading.keys()]
    this.#fading.clear()
    this.#said.clear()
    for (const conversationId of conversationIds) this.#show(conversationId, nobody)
  }

  /** Whether this is worth saying to the others now; remembers that it was. */
  worthSaying(conversationId: string, typing: boolean): boolean {
    const now = this.#timers.now()
    const said = this.#said.get(conversationId)
    if (typing) {
      // A clock that was set back must not silence the signal.
      if (said !== undefined && now >= said && now - said < REPEAT_AFTER) return false
      this.#said.set(conversationId, now)
      return true
    }
    return this.#said.delete(conversationId)
  }

  #show(conversationId: string, memberIds: readonly string[]): void {
    const before = this.in(conversationId)
    if (before.length === memberIds.length && before.every((id, index) => id === memberIds[index])) return
    if (memberIds.length === 0) this.#shown.delete(conversationId)
    else this.#shown.set(conversationId, memberIds)
    this.#topics.touch(`typing:${conversationId}`)
    this.#topics.touch(`row:${conversationId}`)
    this.#topics.touch('chats')
  }
}
