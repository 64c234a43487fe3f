import type { RouteInput } from '@parley/contracts/kernel/route'
import { routeAddresses } from '@parley/contracts/addresses'
import type { RouteName, Routes } from '@parley/contracts/routes'
import type { Change } from '@parley/contracts/sync/change'
import { v7 as newId } from 'uuid'
import { CallFailed } from '../call-failed.ts'
import type { RefusedCall } from '../outbox/refused-call.ts'
import { backOff } from '../connection/back-off.ts'
import type { QueuedCall, StoreOp } from '../local-store/local-store.ts'
import type { Platform, TimerHandle } from '../platform/platform.ts'
import { conversationIn } from '../replica/audience-ops.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf } from '../replica/replica-state.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import { memo } from '../topics/topics.ts'
import type { ServerClock } from '../sync/clock.ts'

/** A server that fails over one call again and again must not hold up those behind it for ever. */
const FAULTS_MAX = 12

/** What a call is about. */
export interface About {
  /** A later call with the same key replaces one that has not left: `react <message>`. Screens find by it what is to be shown already. */
  readonly key: string
  /** Whose screens show it. */
  readonly conversationId?: string
}

export interface CallQueueDeps {
  readonly replica: Replica
  readonly session: Pick<SessionKeeper, 'call'>
  readonly platform: Platform
  readonly clock: ServerClock
}

/**
 * What was done here besides writing messages and is not confirmed: calls of routes, kept like messages (Y6) and made one after another.
 * Every such route may be called twice without harm. What it answers as `change` is applied in the batch in which the call leaves, so that
 * nothing flickers. A refused one stays, with the reason, until somebody has seen it.
 */
export class CallQueue {
  /** What was refused, in the order of doing. */
  readonly refused: () => readonly RefusedCall[]
  readonly #deps: CallQueueDeps
  #active = false
  #calling: string | null = null
  #pause: { readonly timer: TimerHandle } | null = null
  #lastPosition = 0

  constructor(deps: CallQueueDeps) {
    this.#deps = deps
    this.refused = memo(deps.replica.topics, ['calls'], () => this.#all().flatMap(refusedOnes))
  }

  /** Calls from now on, or stops doing so. */
  setActive(active: boolean): void {
    this.#active = active
    if (this.#pause) this.#deps.platform.timers.clear(this.#pause.timer)
    this.#pause = null
    if (active) this.pump()
  }

  /** How many wait. */
  waiting(): number {
    return this.#all().filter(({ state }) => state === 'queued').length
  }

  /** Keeps a call and makes it as soon as can be. */
  async add<N extends RouteName>(route: N, input: RouteInput<Routes[N]>, about: About): Promise<void> {
    const { key, conversationId = null } = about
    const replaced = this.#deps.replica.state.calls.get(key)?.filter(({ id }) => id !== this.#calling) ?? []
    const call: QueuedCall = {
      id: newId(),
      key,
      route,
      input,
      conversationId,
      position: this.#nextPosition(),
      state: 'queued',
      failure: null,
    }
    await this.#deps.replica.commit([...replaced.map(forget), { op: 'put-call', call }])
    this.pump()
  }

  /** Gives up what was not called yet, or was refused. */
  async drop(key: string): Promise<void> {
    const calls = this.#deps.replica.state.calls.get(key) ?? []
    await this.#deps.replica.commit(calls.filter(({ id }) => id !== this.#calling).map(forget))
  }

  /** Makes what can be made. */
  pump(): void {
    if (!this.#active || this.#calling !== null || this.#pause) return
    const next = this.#all().find(({ state }) => state === 'queued')
    if (next) void this.#make(next, 0)
  }

  async #make(call: QueuedCall, attempt: number): Promise<void> {
    const { replica, session } = this.#deps
    this.#calling = call.id
    try {
      if (!(call.route in routeAddresses)) throw unknownRoute()
      // whichever it is: what it answers is looked at below
      const answer = await session.call(call.route as 'editMessage', call.input as never)
      this.#calling = null
      replica.applyChanges(changesIn(answer).filter((change) => this.#isHeld(change)))
      await replica.commit([forget(call)])
    } catch (error) {
      this.#calling = null
      if (!(error instanceof CallFailed)) throw error
      await this.#refused(call, attempt, error)
    }
    this.pump()
  }

  /** Access may have been lost since: then nothing of the conversation is kept here. */
  #isHeld({ audience }: Change): boolean {
    const conversationId = conversationIn(audience)
    return (
      conversationId === null || dataOf(this.#deps.replica.state, 'conversation', conversationId) !== null
    )
  }

  async #refused(
    call: QueuedCall,
    attempt: number,
    { action, code, message, retryAfter }: CallFailed,
  ): Promise<void> {
    const { platform, replica } = this.#deps
    const hopeless = code === 'internal' && attempt >= FAULTS_MAX
    if (action === 'tell' || hopeless) {
      // what replaced it meanwhile says more
      const replaced = replica.state.calls.get(call.key)?.at(-1)?.id !== call.id
      const failed: QueuedCall = { ...call, state: 'failed', failure: message }
      await replica.commit([replaced ? forget(call) : { op: 'put-call', call: failed }])
      return
    }
    if (!this.#active) return
    const wait = backOff(attempt, platform.random, (retryAfter ?? 0) * 1_000)
    const timer = platform.timers.set(() => {
      this.#pause = null
      const still = replica.state.calls.get(call.key)?.some(({ id }) => id === call.id)
      if (this.#active && still && this.#calling === null) void this.#make(call, attempt + 1)
      else this.pump()
    }, wait)
    this.#pause = { timer }
  }

  /** In the order of their making. */
  #all(): QueuedCall[] {
    return [...this.#deps.replica.state.calls.values()].flat().sort((a, b) => a.position - b.position)
  }

  #nextPosition(): number {
    const last = this.#all().at(-1)?.position ?? 0
    this.#lastPosition = Math.max(Math.round(this.#deps.clock.now()), last + 1, this.#lastPosition + 1)
    return this.#lastPosition
  }
}

function refusedOnes({ key, route, conversationId, failure }: QueuedCall): RefusedCall[] {
  return failure === null ? [] : [{ key, route, conversationId, failure }]
}

const forget = ({ id, key, conversationId }: QueuedCall): StoreOp => ({
  op: 'forget-call',
  id,
  key,
  conversationId,
})

/** Queued by another version of this program. */
const unknownRoute = () => new CallFailed('invalid_input', 'tell', 'This cannot be done any more.')

function changesIn(answer: unknown): Change[] {
  if (typeof answer !== 'object' || answer === null) return []
  if ('change' in answer) return [answer.change as Change]
  return 'changes' in answer ? (answer.changes as Change[]) : []
}
