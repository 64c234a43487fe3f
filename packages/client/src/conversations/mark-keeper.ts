import { markId } from '@parley/contracts/conversations/conversation'
import { events } from '@parley/contracts/events'
import type { Change } from '@parley/contracts/sync/change'
import { CallFailed } from '../client-api.ts'
import { backOff } from '../connection/back-off.ts'
import type { Connector } from '../connection/connector.ts'
import type { EntityRecord, PendingMark, StoreOp } from '../local-store/local-store.ts'
import type { Platform, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { lastNumberOf, marksOf, recordsOf } from '../replica/replica-state.ts'

/** Marks that come within this time travel together (Y11). */
const WINDOW = 150
const BATCH_MAX = 200

export interface MarkKeeperDeps {
  readonly replica: Replica
  readonly connector: Pick<Connector, 'request'>
  readonly platform: Platform
}

/** Raises the own marks: delivered by itself for all that arrives, seen when a screen says so. They only rise (Y11). */
export class MarkKeeper {
  readonly #deps: MarkKeeperDeps
  /** Conversations in which something arrived that has not been looked at. */
  readonly #arrived = new Set<string>()
  #timer: TimerHandle = null
  #scheduled = false
  #sending = false
  #active = false
  #attempt = 0

  constructor(deps: MarkKeeperDeps) {
    this.#deps = deps
  }

  /** Live now, or not any more. Whatever came while this device could not say so is said now. */
  setActive(active: boolean): void {
    this.#active = active
    this.#attempt = 0
    if (!active) return
    for (const conversationId of this.#deps.replica.state.windows.keys()) this.#arrived.add(conversationId)
    this.#schedule(0)
  }

  /** A change was applied. */
  note(change: Change): void {
    if (change.kind !== 'message' || change.data === null) return
    const { conversationId, senderId } = change.data
    if (senderId === this.#deps.replica.state.meta.session?.memberId) return
    this.#arrived.add(conversationId)
    this.#schedule(WINDOW)
  }

  /** The person has seen everything up to this number; kept until the server knows. */
  raiseSeen(conversationId: string, number: number): void {
    const op = this.seenOp(conversationId, number)
    if (!op) return
    void this.#deps.replica.commit([op])
    this.#schedule(WINDOW)
  }

  /** What `raiseSeen` would take down; null when that is known already. */
  seenOp(conversationId: string, number: number): StoreOp | null {
    const { state } = this.#deps.replica
    const me = state.meta.session?.memberId
    if (me === undefined) return null
    const seen = Math.min(number, lastNumberOf(state, conversationId))
    const known = marksOf(state, conversationId, me)
    if (seen <= known.seen) return null
    return { op: 'put-mark', mark: { conversationId, seen, delivered: Math.max(seen, known.delivered) } }
  }

  /** Whether nothing waits to be said. */
  settled(): boolean {
    return !this.#scheduled && !this.#sending && this.#deps.replica.state.marks.size === 0
  }

  /** Sends what waits, now. */
  async flush(): Promise<void> {
    this.#deps.platform.timers.clear(this.#timer)
    this.#scheduled = false
    if (!this.#active || this.#sending) return
    this.#takeArrived()
    const marks = [...this.#deps.replica.state.marks.values()].slice(0, BATCH_MAX)
    if (marks.length === 0) return
    this.#sending = true
    try {
      await this.#deps.connector.request(events.raiseMarks, { marks: marks.map((mark) => ({ ...mark })) })
      this.#sending = false
      this.#attempt = 0
      this.#settle(marks, true)
      if (this.#deps.replica.state.marks.size > 0) this.#schedule(WINDOW)
    } catch (error) {
      this.#sending = false
      if (!(error instanceof CallFailed)) throw error
      if (error.action === 'tell') await this.#sendOneByOne(marks)
      else
        this.#schedule(
          backOff((this.#attempt += 1), this.#deps.platform.random, (error.retryAfter ?? 0) * 1_000),
        )
    }
  }

  /** One conversation that is not there any more must not hold back the others. */
  async #sendOneByOne(marks: readonly PendingMark[]): Promise<void> {
    for (const mark of marks) {
      const accepted = await this.#deps.connector.request(events.raiseMarks, { marks: [{ ...mark }] }).then(
        () => true,
        (error: unknown) => (error instanceof CallFailed && error.action === 'tell' ? false : null),
      )
      if (accepted !== null) this.#settle([mark], accepted)
    }
  }

  #takeArrived(): void {
    const { state } = this.#deps.replica
    const me = state.meta.session?.memberId
    if (me === undefined) return
    const ops: StoreOp[] = []
    for (const conversationId of this.#arrived) {
      const delivered = lastNumberOf(state, conversationId)
      const known = marksOf(state, conversationId, me)
      if (delivered <= known.delivered) continue
      ops.push({ op: 'put-mark', mark: { conversationId, delivered, seen: known.seen } })
    }
    this.#arrived.clear()
    void this.#deps.replica.commit(ops)
  }

  /** The server knows these (or refuses them for good): they are pending no longer. */
  #settle(marks: readonly PendingMark[], accepted: boolean): void {
    const { replica } = this.#deps
    const { state } = replica
    const memberId = state.meta.session?.memberId
    if (memberId === undefined) return
    const ops: StoreOp[] = []
    for (const { conversationId, delivered, seen } of marks) {
      const audience = `conversation:${conversationId}` as const
      const id = markId(conversationId, memberId)
      const held = recordsOf(state, 'mark').get(id)
      const data = {
        conversationId,
        memberId,
        delivered: Math.max(delivered, held?.data?.delivered ?? 0),
        seen: Math.max(seen, held?.data?.seen ?? 0),
      }
      const record: EntityRecord<'mark'> = { kind: 'mark', id, audience, seq: held?.seq ?? 0, data }
      if (accepted && state.records.conversation.has(conversationId)) {
        ops.push({ op: 'put-record', record: record })
      }
      const now = state.marks.get(conversationId)
      if (!now || (now.delivered <= delivered && now.seen <= seen) || !accepted) {
        ops.push({ op: 'forget-mark', conversationId })
      }
    }
    void replica.commit(ops)
  }

  #schedule(milliseconds: number): void {
    if (this.#scheduled || !this.#active) return
    this.#scheduled = true
    const { timers, network } = this.#deps.platform
    const run = () => void this.flush()
    // Browsers put off the timers of hidden tabs by up to a minute; senders should not wait that long for their tick.
    if (network.visible() || milliseconds > WINDOW) this.#timer = timers.set(run, milliseconds)
    else void Promise.resolve().then(run)
  }
}
