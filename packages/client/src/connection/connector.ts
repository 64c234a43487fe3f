import { eventNames, signalNames } from '@parley/contracts/addresses'
import type { Events, Signals } from '@parley/contracts/events'
import type { Failure } from '@parley/contracts/kernel/failure'
import { PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import type { EventAck, EventPayload, SignalPayload } from '@parley/contracts/kernel/event'
import type { Change } from '@parley/contracts/sync/change'
import { CallFailed } from '../call-failed.ts'
import type { Platform, TimerHandle } from '../platform/platform.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import type { ServerClock } from '../sync/clock.ts'
import type { SyncLoop } from '../sync/sync-loop.ts'
import { callFailed, failedWith, failureIn, unreachable } from '../transport/route-call.ts'
import { type Connection, type Transport, Unreachable } from '../transport/transport.ts'
import { backOff } from './back-off.ts'
import {
  type Effect,
  type Machine,
  type MachineEvent,
  type Phase,
  resting,
  step,
} from './connection-machine.ts'

const ACK_TIMEOUT = 15_000
/** A connection on which nothing opens is given up. */
const OPEN_TIMEOUT = 15_000
const VERIFY_EVERY = 5 * 60_000
/** What was on its way has arrived by then, or it was lost. */
const VERIFY_AGAIN = 10_000
/** Holes that come this close together are not the network's doing: connect anew, with a pause. */
const HOLES_APART = 1_000

export interface ConnectorDeps {
  readonly transport: Transport
  readonly platform: Platform
  readonly session: SessionKeeper
  readonly sync: SyncLoop
  readonly clock: ServerClock
}

/** Does what the connection machine decides. */
export class Connector {
  whenPhase: (phase: Phase, before: Phase) => void = () => {}
  /** Signals other than those the connector deals with itself. */
  whenSignal: (name: string, payload: unknown) => void = () => {}
  readonly #deps: ConnectorDeps
  #machine: Machine = resting
  #connection: Connection | null = null
  #timer: TimerHandle = null
  #opening: TimerHandle = null
  #verifying: TimerHandle = null
  /** Rises with every connection, so that late news of an older one is not heard. */
  #epoch = 0
  #lastHole = 0

  constructor(deps: ConnectorDeps) {
    this.#deps = deps
    deps.sync.whenHole = () => this.#noticeHole()
    deps.sync.whenLoadFails = (error) => this.#fail(error)
  }

  phase(): Phase {
    return this.#machine.phase
  }

  dispatch(event: MachineEvent): void {
    const before = this.#machine.phase
    const [machine, effects] = step(this.#machine, event)
    this.#machine = machine
    for (const effect of effects) this.#run(effect)
    if (machine.phase !== before) this.#entered(machine.phase, before)
  }

  /** Sends an event and waits for its acknowledgement. @throws CallFailed */
  async request<E extends keyof Events>(
    event: E,
    payload: EventPayload<Events[E]>,
  ): Promise<EventAck<Events[E]>> {
    const connection = this.#connection
    if (!connection) throw unreachable()
    try {
      const ack = await connection.request(eventNames[event], payload, ACK_TIMEOUT)
      const failure = failureIn(ack)
      if (failure) throw callFailed(failure)
      return ack as EventAck<Events[E]>
    } catch (error) {
      throw error instanceof Unreachable ? unreachable() : error
    }
  }

  /** Sends an event that nobody acknowledges; without a connection it is lost, as signals may be. */
  emit<E extends keyof Events>(event: E, payload: EventPayload<Events[E]>): void {
    this.#connection?.emit(eventNames[event], payload)
  }

  signalTyping(conversationId: string, typing: boolean): void {
    this.emit('signalTyping', { conversationId, typing })
  }

  #entered(phase: Phase, before: Phase): void {
    const { timers } = this.#deps.platform
    timers.clear(this.#verifying)
    this.#verifying = null
    if (phase === 'live') {
      this.#deps.sync.goLive()
      this.#verifyLater()
    }
    this.whenPhase(phase, before)
  }

  #run(effect: Effect): void {
    const { platform } = this.#deps
    switch (effect.do) {
      case 'open':
        void this.#open()
        return
      case 'close':
        this.#close()
        return
      case 'subscribe':
        void this.#try(() => this.#subscribe())
        return
      case 'catch-up':
        void this.#try(async () => {
          await this.#deps.sync.catchUp()
          return { type: 'caught-up' }
        })
        return
      case 'wait':
        this.#wait(backOff(effect.attempt, platform.random, effect.after))
        return
      case 'stop-waiting':
        platform.timers.clear(this.#timer)
    }
  }

  #wait(milliseconds: number): void {
    const { timers } = this.#deps.platform
    timers.clear(this.#timer)
    this.#timer = timers.set(() => this.dispatch({ type: 'retry' }), milliseconds)
  }

  async #open(): Promise<void> {
    this.#close()
    const epoch = this.#epoch
    const { session, transport, platform } = this.#deps
    const isOver = () => epoch !== this.#epoch
    try {
      const token = await session.connectToken()
      if (isOver()) return
      this.#opening = platform.timers.set(() => this.#fail(null), OPEN_TIMEOUT)
      this.#connection = transport.connect(
        { token, protocol: PROTOCOL_VERSION },
        {
          opened: () => {
            if (isOver()) return
            platform.timers.clear(this.#opening)
            this.dispatch({ type: 'opened' })
          },
          refused: (error) => {
            if (!isOver()) void this.#refused(error)
          },
          signal: (name, payload) => {
            if (!isOver()) this.#signal(name, payload)
          },
          closed: () => {
            if (!isOver()) this.#fail(null)
          },
        },
      )
    } catch (error) {
      if (!isOver()) this.#fail(error)
    }
  }

  #close(): void {
    this.#epoch += 1
    this.#deps.platform.timers.clear(this.#opening)
    this.#connection?.close()
    this.#connection = null
    this.#deps.sync.disconnect()
  }

  async #subscribe(): Promise<MachineEvent> {
    const askedAt = this.#deps.platform.timers.now()
    const { serverTime } = await this.request('subscribe', {})
    this.#deps.clock.learn(serverTime, askedAt)
    return { type: 'subscribed' }
  }

  /** Runs a step of connecting; its outcome counts only while this connection is the one. */
  async #try(run: () => Promise<MachineEvent>): Promise<void> {
    const epoch = this.#epoch
    try {
      const event = await run()
      if (epoch === this.#epoch) this.dispatch(event)
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (failedWith(error, 'client_too_old')) this.dispatch({ type: 'refused-as-too-old' })
    else if (failedWith(error, 'not_signed_in')) void this.#refused({ code: 'not_signed_in', message: '' })
    else this.dispatch({ type: 'failed', after: waitIn(error) })
  }

  /** The handshake was refused, or the session is not known any more. */
  async #refused(error: Failure['error'] | null): Promise<void> {
    const { session } = this.#deps
    const failed = error && callFailed(error)
    switch (failed?.code) {
      case 'not_signed_in': {
        const refreshed = await session.refresh(session.current()).then(
          () => true,
          () => false,
        )
        this.dispatch({ type: 'failed' })
        if (refreshed && this.#machine.attempt <= 1) this.dispatch({ type: 'retry' })
        return
      }
      case 'member_deactivated':
        await session.end('deactivated')
        return
      case 'password_change_required':
        await session.requirePasswordChange()
        return
      default:
        this.#fail(failed)
    }
  }

  #signal(name: string, payload: unknown): void {
    switch (name) {
      case signalNames.changes:
        this.#deps.sync.receive(payload as Change[])
        return
      case signalNames.sessionEnded:
        void this.#deps.session.end((payload as SignalPayload<Signals['sessionEnded']>).reason)
        return
      case signalNames.serverStopping: {
        const { reconnectAfter } = payload as SignalPayload<Signals['serverStopping']>
        this.dispatch({ type: 'failed', after: reconnectAfter })
        return
      }
      default:
        this.whenSignal(name, payload)
    }
  }

  #noticeHole(): void {
    const now = this.#deps.platform.timers.now()
    const tooClose = now - this.#lastHole < HOLES_APART
    this.#lastHole = now
    this.dispatch({ type: tooClose ? 'failed' : 'hole' })
  }

  #verifyLater(after = VERIFY_EVERY): void {
    const { platform, sync } = this.#deps
    // Only what is still awaited goes on: meanwhile this connection may be over, or a new look be due.
    const again = (soon: boolean) => {
      if (this.#verifying === timer) this.#verifyLater(soon ? VERIFY_AGAIN : VERIFY_EVERY)
    }
    const timer = platform.timers.set(
      () => {
        sync.verify().then(again, () => again(false))
      },
      after * (0.75 + platform.random() / 2),
    )
    this.#verifying = timer
  }
}

const waitIn = (error: unknown): number => (error instanceof CallFailed ? (error.retryAfter ?? 0) * 1_000 : 0)
