import { markId } from '@parley/contracts/conversations/mark-id'
import type { Change } from '@parley/contracts/sync/change'
import { CallFailed } from '../call-failed.ts'
import { backOff } from '../connection/back-off.ts'
import type { Connector } from '../connection/connector.ts'
import type { EntityRecord, PendingMark, StoreOp } from '../local-store/local-store.ts'
import type { Platform, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { mergeMarks } from './merge-marks.ts'
import { dataOf, isGroup, lastNumberOf, marksOf, quietUpTo, recordsOf } from '../replica/replica-state.ts'

/** Marks that come within this time travel together (Y11). */
const WINDOW = 150
/** In a crowd nobody waits for one person's tick, and everybody's at once would be a flood: they come in their own time. */
const CROWD = 30
const CROWD_WINDOW = 1_000
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
  #due = 0
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
    const { conversationId, senderId, imported } = change.data
    if (!imported && senderId === this.#deps.replica.state.meta.session?.memberId) return
    this.#arrived.add(conversationId)
    this.#schedule(this.#patience(conversationId))
  }

  /** The person has seen everything up to this number; kept until the server knows. */
  raiseSeen(conversationId: string, number: number): void {
    const op = this.seenOp(conversationId, number)
    if (!op) return
    void this.#deps.replica.commit([op])
    this.#schedule(this.#patience(conversationId))
  }

  #patience(conversationId: string): number {
    const { replica, platform } = this.#deps
    const size = dataOf(replica.state, 'conversation', conversationId)?.memberIds.length ?? 0
    return size < CROWD ? WINDOW : CROWD_WINDOW * (0.5 + platform.random())
  }

  /** What `raiseSeen` would take down; null when that is known already. */
  seenOp(conversationId: string, number: number): StoreOp | null {
    const { state } = this.#deps.replica
    const me = state.meta.session?.memberId
    if (me === undefined) return null
    const seen = Math.min(number, lastNumberOf(state, conversationId))
    const known = marksOf(state, conversationId, me)
    if (seen <= known.seen) return null
    const quiet = Math.max(known.quiet, quietUpTo(state, conversationId, seen))
    const delivered = Math.max(seen, known.delivered)
    return { op: 'put-mark', mark: { conversationId, seen, delivered, quiet } }
  }

  /** Whether nothing waits to be said. */
  settled(): boolean {
    return !this.#scheduled && !this.#sending && !this.#waits()
  }

  /** Sends what waits, now. */
  async flush(): Promise<void> {
    const { platform, replica } = this.#deps
    platform.timers.clear(this.#timer)
    this.#scheduled = false
    // what comes while others are on their way has its turn after them
    if (!this.#active || this.#sending) return
    this.#takeArrived()
    const marks = [...replica.state.marks.values()].slice(0, BATCH_MAX)
    if (marks.length === 0) return
    this.#sending = true
    const failed = await this.#say(marks).finally(() => {
      this.#sending = false
    })
    this.#attempt = failed ? this.#attempt + 1 : 0
    if (failed) this.#schedule(backOff(this.#attempt, platform.random, (failed.retryAfter ?? 0) * 1_000))
    else if (this.#waits()) this.#schedule(WINDOW)
  }

  #waits(): boolean {
    return this.#arrived.size > 0 || this.#deps.replica.state.marks.size > 0
  }

  /** @returns what keeps them from being said for now, if anything does */
  async #say(marks: readonly PendingMark[]): Promise<CallFailed | null> {
    try {
      await this.#deps.connector.request('raiseMarks', { marks: marks.map(asSaid) })
      this.#settle(marks, true)
      return null
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      if (error.action !== 'tell') return error
    }
    if (marks.length === 1) {
      this.#settle(marks, false)
      return null
    }
    // one conversation that is not there any more must not hold back the others
    for (const mark of marks) {
      const failed = await this.#say([mark])
      if (failed) return failed
    }
    return null
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
      const { seen, quiet } = known
      ops.push({ op: 'put-mark', mark: { conversationId, delivered, seen, quiet } })
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
    for (const mark of marks) {
      const { conversationId, delivered, seen, quiet } = mark
      const inGroup = isGroup(state, conversationId)
      const audience = inGroup ? (`member:${memberId}` as const) : (`conversation:${conversationId}` as const)
      const id = markId(conversationId, memberId)
      const held = recordsOf(state, 'mark').get(id)
      const known = { conversationId, memberId, delivered, seen, quiet }
      const data = held?.data ? mergeMarks(mark, held.data) : known
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
    if (!this.#active) return
    const { timers, network } = this.#deps.platform
    const due = timers.now() + milliseconds
    // what is more urgent does not wait for what is not
    if (this.#scheduled && due >= this.#due) return
    timers.clear(this.#timer)
    this.#scheduled = true
    this.#due = due
    const run = () => void this.flush()
    // Browsers put off the timers of hidden tabs by up to a minute; senders should not wait that long for their tick.
    if (network.visible() || milliseconds > WINDOW) this.#timer = timers.set(run, milliseconds)
    else void Promise.resolve().then(run)
  }
}

/** A pending mark as the server takes it; it counts system lines itself. */
const asSaid = ({ conversationId, delivered, seen }: PendingMark) => ({ conversationId, delivered, seen })
