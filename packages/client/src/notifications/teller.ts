import { isMuted } from '@parley/contracts/chat-preferences/rules'
import type { Message } from '@parley/contracts/messages/message'
import { isQuiet, usualChoices } from '@parley/contracts/notifications/rules'
import type { Change } from '@parley/contracts/sync/change'
import { archivedNow, preferenceOf, unreadIn } from '../chat-preferences/preference-of.ts'
import type { Telling } from './telling.ts'
import type { Timers, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf, lastNumberOf, marksOf } from '../replica/replica-state.ts'

/** What arrives together is told together. */
const GATHER = 300
/** What is older was told of when it was new, or is no news any more. */
const NEWS_FOR = 24 * 60 * 60_000

interface Deps {
  readonly replica: Replica
  readonly timers: Timers
  /** The server's time. */
  readonly now: () => number
}

interface Arrived {
  message: Message
  mention: boolean
}

/**
 * Finds out what the person is to be told of what arrives, in the one tab that leads. Where it is told, and whether the person is
 * looking at it already, is decided by who asks.
 */
export class Teller {
  /** There is something to tell. */
  whenNews: (tellings: readonly Telling[]) => void = () => {}
  readonly #deps: Deps
  /** The newest number of each conversation that was heard of. */
  readonly #heard = new Map<string, number>()
  readonly #arrived = new Map<string, Arrived>()
  #timer: TimerHandle = null

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** This tab leads from now on: what is here already is no news. */
  begin(): void {
    this.#heard.clear()
    this.#arrived.clear()
    const { state } = this.#deps.replica
    for (const conversationId of state.windows.keys())
      this.#heard.set(conversationId, lastNumberOf(state, conversationId))
  }

  /** @param first it belongs to what a device begins with, and is no news */
  note(change: Change, first: boolean): void {
    if (change.kind !== 'message' || change.data === null) return
    const message = change.data
    const { conversationId, number, senderId, notice } = message
    const heard = this.#heard.get(conversationId) ?? 0
    if (number <= heard) return
    this.#heard.set(conversationId, number)
    const me = this.#deps.replica.state.meta.session?.memberId
    if (first || notice !== null || message.imported || senderId === me || me === undefined) return
    const called = message.mentions
    const mention = called !== undefined && (called.all === true || called.memberIds.includes(me))
    const before = this.#arrived.get(conversationId)
    this.#arrived.set(conversationId, { message, mention: mention || (before?.mention ?? false) })
    this.#timer ??= this.#deps.timers.set(() => this.#tell(), GATHER)
  }

  stop(): void {
    this.#deps.timers.clear(this.#timer)
    this.#timer = null
  }

  #tell(): void {
    this.#timer = null
    const { replica, now } = this.#deps
    const { state } = replica
    const me = state.meta.session?.memberId
    const arrived = [...this.#arrived.values()]
    this.#arrived.clear()
    if (me === undefined) return
    const choices = dataOf(state, 'notification-settings', me) ?? usualChoices
    if (isQuiet(choices.quietHours, now())) return
    const tellings = arrived.flatMap(({ message, mention }) => {
      const { id: messageId, conversationId, number, senderId, text, files = [], sentAt } = message
      const passes = mention && choices.mentionsPassMute
      const silent = isMuted(preferenceOf(state, conversationId), now()) || archivedNow(state, conversationId)
      if ((silent && !passes) || now() - sentAt > NEWS_FOR) return []
      if (marksOf(state, conversationId, me).seen >= number) return []
      const count = unreadIn(state, conversationId, now())
      if (count === 0) return []
      return [{ conversationId, messageId, number, senderId, text, files, sentAt, count, mention }]
    })
    if (tellings.length > 0) this.whenNews(tellings)
  }
}
