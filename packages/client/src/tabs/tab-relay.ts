import { CallFailed } from '../call-failed.ts'
import type { ConnectionState } from '../client-api.ts'
import type { Telling } from '../notifications/telling.ts'
import type { StoreBatch } from '../local-store/local-store.ts'
import type { Timers } from '../platform/platform.ts'
import type { Parts } from '../parts.ts'
import type { Activity } from '../presence/activity.ts'
import { unreachable } from '../transport/route-call.ts'
import type { LeaderTask, TabMessage, TaskFailure } from './tab-message.ts'

const TASK_TIMEOUT = 30_000

/** A task that was given to the leader. */
interface Given {
  readonly task: LeaderTask
  readonly end: (failure: TaskFailure | null) => void
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
  /** The leader has this tab tell. */
  readonly tell: (tellings: readonly Telling[]) => void
  /** Another tab has emptied the store. */
  readonly wiped: (keep: StoreBatch) => void
}

/** What tabs tell and ask one another: batches that were applied, signals that were heard, and wishes to the leader. */
export class TabRelay {
  readonly #deps: RelayDeps
  readonly #given = new Map<string, Given>()
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

  /** Has the leader do something. @throws CallFailed */
  ask(task: LeaderTask): Promise<void> {
    const { tab, timers, post } = this.#deps
    this.#requests += 1
    const request = `${tab} ${this.#requests}`
    return new Promise((resolve, reject) => {
      const timer = timers.set(() => end(unreachable()), TASK_TIMEOUT)
      const end = (failure: TaskFailure | null) => {
        timers.clear(timer)
        this.#given.delete(request)
        if (failure === null) resolve()
        else reject(new CallFailed(failure.code, failure.action, failure.message))
      }
      this.#given.set(request, { task, end })
      post({ type: 'asked', request, task })
    })
  }

  /** This tab leads now: what it asked of a leader that was not there, it does itself. */
  takeOver(): void {
    for (const { task, end } of [...this.#given.values()]) void this.#outcomeOf(task).then(end)
  }

  /** Tells the leader whose presence this tab's screens want, and whether somebody looks at them. */
  tellWishes(): void {
    const { tab, post, parts, activity } = this.#deps
    post({ type: 'watch', tab, memberIds: parts.presence.own() })
    post({ type: 'attended', tab, attended: activity.attendedHere() })
  }

  /** What every tab does with what it hears. @returns whether that was all there is to it */
  #hearNews(message: TabMessage): boolean {
    const { replica, typing, presence } = this.#deps.parts
    switch (message.type) {
      case 'batch':
        replica.show(message.batch)
        this.#endTyping(message.batch)
        if (this.#deps.leading()) this.#pump()
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
      case 'transfer':
        this.#deps.parts.files.hear(message.messageId, message.sent)
        return true
      case 'typing-heard':
        typing.hear(message.signal)
        return true
      case 'tell':
        if (message.tab === this.#deps.tab) this.#deps.tell(message.tellings)
        return true
      case 'done':
        this.#given.get(message.request)?.end(message.failure)
        return true
      case 'leads':
        this.tellWishes()
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
      case 'attended':
        activity.elsewhere(message.tab, message.attended)
        return
      case 'connect':
        parts.connector.dispatch({ type: 'retry' })
        return
      case 'asked':
        void this.#doFor(message.request, message.task)
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

  async #doFor(request: string, task: LeaderTask): Promise<void> {
    this.#deps.post({ type: 'done', request, failure: await this.#outcomeOf(task) })
  }

  /** Does what was asked for. @returns why it failed; null when it did not */
  #outcomeOf(task: LeaderTask): Promise<TaskFailure | null> {
    const { pages, outbox } = this.#deps.parts
    // Where the one that asks still saw it and it is gone by now, it was sent: that is no success.
    const doing: Promise<unknown> =
      task.do === 'discard' ? outbox.takeBack(task.messageId) : pages.fetch(task.conversationId)
    return doing.then(
      () => null,
      (error: unknown) => {
        const { code, action, message } = error instanceof CallFailed ? error : unreachable()
        return { code, action, message }
      },
    )
  }

  /** Another tab leads now, which has not heard what was asked of the one before. */
  #askAgain(): void {
    for (const [request, { task }] of this.#given) this.#deps.post({ type: 'asked', request, task })
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

  #pump(): void {
    const { outbox, calls } = this.#deps.parts
    outbox.pump()
    calls.pump()
  }

  #endTyping(batch: StoreBatch): void {
    for (const op of batch) {
      if (op.op !== 'put-message') continue
      const { conversationId, senderId: memberId } = op.record.message
      this.#deps.parts.typing.hear({ conversationId, memberId, typing: false })
    }
  }
}
