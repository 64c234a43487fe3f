import { CallFailed, type ConnectionState } from '../client-api.ts'
import type { StoreBatch } from '../local-store/local-store.ts'
import type { Timers } from '../platform/platform.ts'
import type { Parts } from '../parts.ts'
import type { Activity } from '../presence/activity.ts'
import { unreachable } from '../transport/route-call.ts'
import type { TabMessage } from './tab-message.ts'

const PAGE_TIMEOUT = 30_000

/** A page that was asked of the leader. */
interface PageWish {
  readonly conversationId: string
  readonly end: (failure: string | null) => void
}

export interface RelayDeps {
  readonly parts: Parts
  readonly activity: Activity
  readonly timers: Timers
  /** Names this tab. */
  readonly tab: string
  readonly leading: () => boolean
  readonly post: (message: TabMessage) => void
  readonly connection: () => ConnectionState
  /** Another tab has emptied the store. */
  readonly wiped: (keep: StoreBatch) => void
}

/** What tabs tell and ask one another: batches that were applied, signals that were heard, and wishes to the leader. */
export class TabRelay {
  readonly #deps: RelayDeps
  readonly #pages = new Map<string, PageWish>()
  #requests = 0
  #followed: ConnectionState = 'connecting'

  constructor(deps: RelayDeps) {
    this.#deps = deps
    const { replica } = deps.parts
    replica.whenKept = (batch) => deps.post({ type: 'batch', batch })
    replica.whenWiped = (keep) => deps.post({ type: 'wiped', keep })
  }

  /** The leader's connection, as it says. */
  followed(): ConnectionState {
    return this.#followed
  }

  hear(message: TabMessage): void {
    if (this.#hearNews(message)) return
    if (this.#deps.leading()) this.#hearWish(message)
  }

  /** Asks the leader for a page of history. @throws CallFailed */
  fetchPage(conversationId: string): Promise<void> {
    const { tab, timers, post } = this.#deps
    this.#requests += 1
    const request = `${tab} ${this.#requests}`
    return new Promise((resolve, reject) => {
      const timer = timers.set(() => end(unreachable().message), PAGE_TIMEOUT)
      const end = (failure: string | null) => {
        timers.clear(timer)
        this.#pages.delete(request)
        if (failure === null) resolve()
        else reject(new CallFailed('unreachable', 'retry', failure))
      }
      this.#pages.set(request, { conversationId, end })
      post({ type: 'fetch-page', request, conversationId })
    })
  }

  /** This tab leads now: what it asked of a leader that was not there, it does itself. */
  takeOver(): void {
    for (const { conversationId, end } of [...this.#pages.values()])
      void this.#fetch(conversationId).then(end)
  }

  /** Tells the leader whose presence this tab's screens want, and whether they can be seen. */
  tellWishes(visible: boolean): void {
    const { tab, post, parts } = this.#deps
    post({ type: 'watch', tab, memberIds: parts.presence.own() })
    post({ type: 'visible', tab, visible })
  }

  /** What every tab does with what it hears. @returns whether that was all there is to it */
  #hearNews(message: TabMessage): boolean {
    const { replica, typing, presence } = this.#deps.parts
    switch (message.type) {
      case 'batch':
        replica.show(message.batch)
        this.#endTyping(message.batch)
        if (this.#deps.leading()) this.#deps.parts.outbox.pump()
        return true
      case 'show':
        replica.show(message.batch)
        return true
      case 'wiped':
        this.#deps.wiped(message.keep)
        return true
      case 'connection':
        this.#follow(message.state)
        return true
      case 'presence':
        presence.hear(message.states)
        return true
      case 'typing-heard':
        typing.hear(message.signal)
        return true
      case 'page-fetched':
        this.#pages.get(message.request)?.end(message.failure)
        return true
      case 'leads':
        this.tellWishes(this.#deps.activity.visibleHere())
        this.#askAgain()
        return true
      default:
        return false
    }
  }

  /** What the leader does for the others. */
  #hearWish(message: TabMessage): void {
    const { parts, activity, post, connection } = this.#deps
    switch (message.type) {
      case 'hello':
        post({ type: 'connection', state: connection() })
        post({ type: 'presence', states: parts.presence.heard() })
        return
      case 'bye':
        parts.presence.watchFor(message.tab, [])
        activity.elsewhere(message.tab, null)
        return
      case 'watch':
        parts.presence.watchFor(message.tab, message.memberIds)
        return
      case 'visible':
        activity.elsewhere(message.tab, message.visible)
        return
      case 'connect':
        parts.connector.dispatch({ type: 'retry' })
        return
      case 'fetch-page':
        void this.#fetchFor(message.request, message.conversationId)
        return
      case 'seen':
        parts.marks.raiseSeen(message.conversationId, message.number)
        return
      case 'typing':
        parts.connector.signalTyping(message.conversationId, message.typing)
        return
      default:
    }
  }

  async #fetchFor(request: string, conversationId: string): Promise<void> {
    this.#deps.post({ type: 'page-fetched', request, failure: await this.#fetch(conversationId) })
  }

  /** @returns why it failed, as a sentence; null when it did not */
  #fetch(conversationId: string): Promise<string | null> {
    return this.#deps.parts.pages.fetch(conversationId).then(
      () => null,
      (error: unknown) => (error instanceof CallFailed ? error.message : unreachable().message),
    )
  }

  /** Another tab leads now, which has not heard what was asked of the one before. */
  #askAgain(): void {
    for (const [request, { conversationId }] of this.#pages) {
      this.#deps.post({ type: 'fetch-page', request, conversationId })
    }
  }

  #follow(state: ConnectionState): void {
    const { replica, presence, typing, history } = this.#deps.parts
    const returned = state === 'live' && this.#followed !== 'live'
    this.#followed = state
    replica.topics.touch('connection')
    if (returned) history.networkReturned()
    if (state === 'live' || state === 'catching-up') return
    presence.forget()
    typing.clear()
  }

  #endTyping(batch: StoreBatch): void {
    for (const op of batch) {
      if (op.op !== 'put-message') continue
      const { conversationId, senderId: memberId } = op.record.message
      this.#deps.parts.typing.hear({ conversationId, memberId, typing: false })
    }
  }
}
