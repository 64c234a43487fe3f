import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { Change, ChangeFor } from '@parley/contracts/sync/change'
import type { StoreOp } from '../local-store/local-store.ts'
import { applyChange } from '../replica/apply-change.ts'
import { conversationIn, dropAudience, replaceAudience, windowsOf } from '../replica/audience-ops.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf, lastNumberOf, recordsOf } from '../replica/replica-state.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import { failedWith } from '../transport/route-call.ts'
import { Audiences } from './audiences.ts'
import type { ServerClock } from './clock.ts'

const CATCH_UP_PAGE = 500

type CaughtUpPage = Extract<RouteResponse<Routes['catchUp']>, { outcome: 'changes' }>

export interface SyncDeps {
  readonly replica: Replica
  readonly session: Pick<SessionKeeper, 'call'>
  readonly clock: ServerClock
  /** The device's own clock. */
  readonly now: () => number
}

/**
 * Follows the feed of changes (Y2 to Y5, Y9). While not live it only collects what arrives; `catchUp` brings the replica up to
 * the server, and `goLive` applies what was collected.
 *
 * The stored cursor is what a catch-up has proved. Live changes do not move it, since one of another audience may have been
 * lost on the way; `verify` moves it now and then.
 */
export class SyncLoop {
  /** A change was missed: somebody has to call `catchUp`. */
  whenHole: () => void = () => {}
  /** An audience that was gained cannot be loaded for now. */
  whenLoadFails: (error: unknown) => void = () => {}
  readonly #deps: SyncDeps
  readonly #audiences = new Audiences()
  #collected: Change[] = []
  #live = false
  /** Audiences being loaded whole, with the live changes that wait for that. */
  readonly #loading = new Map<string, Change[]>()
  #beginning = false
  /** Acknowledged changes of ours that stand behind others' which are still on their way, by id. */
  readonly #ahead = new Map<string, ChangeFor<'message'>>()
  /** Not to be had although they were gained; until something is heard of them again. */
  readonly #refused = new Set<string>()
  /** The heads that the latest look saw and nothing had been heard of yet, by audience. */
  #onTheWay: ReadonlyMap<string, number> = new Map()
  #epoch = 0
  #reached = 0

  constructor(deps: SyncDeps) {
    this.#deps = deps
  }

  /** Forgets the connection: nothing that was under way is applied any more. */
  disconnect(): void {
    this.#epoch += 1
    this.#live = false
    this.#collected = []
    this.#loading.clear()
    this.#ahead.clear()
    this.#refused.clear()
    this.#onTheWay = new Map()
  }

  /** What is being applied is all that a device begins with. */
  beginning(): boolean {
    return this.#beginning
  }

  /** Live, with nothing being loaded or waiting to be applied. */
  settled(): boolean {
    return this.#live && this.#loading.size === 0
  }

  /** Live changes from the server. */
  receive(changes: readonly Change[]): void {
    if (this.#live) this.#applyLive(changes)
    else this.#collected.push(...changes)
  }

  /**
   * The change that an acknowledgement carries; the server does not send it a second time. It stands in the feed like any other:
   * where those before it have not arrived, it waits for them, so that no gap shows and none is taken for proved.
   */
  acknowledge(change: ChangeFor<'message'>): void {
    this.#ahead.set(change.id, change)
    this.#applyAhead(change.audience)
  }

  /** Whether this message is acknowledged and waits for those before it. */
  awaits(messageId: string): boolean {
    return this.#ahead.has(messageId)
  }

  /** Brings the replica from its cursor to the server's present, page by page. @throws CallFailed */
  async catchUp(): Promise<void> {
    const epoch = this.#epoch
    const { replica, session, clock, now } = this.#deps
    this.#live = false
    const { cursor, audiences } = replica.state.meta
    if (cursor === null) return this.#load(epoch)
    if (this.#audiences.names().length === 0) this.#audiences.restore(audiences, cursor)
    for (let since = cursor; ;) {
      const askedAt = now()
      const page = await session.call('catchUp', { query: { since, limit: CATCH_UP_PAGE } })
      if (epoch !== this.#epoch) return
      if (page.outcome === 'load-again') return this.#load(epoch)
      clock.learn(page.serverTime, askedAt)
      this.#applyPage(page)
      if (!page.more || page.cursor <= since) return
      since = page.cursor
    }
  }

  /** Caught up: applies what was collected meanwhile, and loads what was gained. */
  goLive(): void {
    const collected = this.#collected
    this.#collected = []
    this.#live = true
    this.#applyLive(collected)
    for (const { audience } of [...this.#ahead.values()]) this.#applyAhead(audience)
  }

  /**
   * Looks whether anything was lost since the last catch-up. Where nothing was, the next one begins later.
   * @returns whether something is still on its way, which a second look soon has to find here, or it was lost
   * @throws CallFailed
   */
  async verify(): Promise<boolean> {
    const { replica, session } = this.#deps
    const { cursor } = replica.state.meta
    const epoch = this.#epoch
    const since = this.#reached
    if (!this.#live || cursor === null) return false
    const page = await session.call('catchUp', { query: { since, limit: 1 } })
    if (epoch !== this.#epoch || !this.settled() || page.outcome !== 'changes') return false
    const isProved = (audience: string, head: number) => head <= this.#audiences.provedUpTo(audience)
    const unproved = Object.entries(page.heads).filter(
      ([audience, head]) => this.#audiences.holds(audience) && !isProved(audience, head),
    )
    // A newer head may be on its way. What an earlier look saw on its way has had the time to arrive.
    const isLost = ([audience, head]: [string, number]) =>
      head <= since || !isProved(audience, this.#onTheWay.get(audience) ?? 0)
    const lost = unproved.some(isLost)
    this.#onTheWay = new Map(lost ? [] : unproved)
    if (lost) this.whenHole()
    else if (unproved.length === 0 && since > cursor) await replica.setMeta('cursor', since)
    return this.#onTheWay.size > 0
  }

  /** Forgets which audiences are held: the store was wiped, or another tab has written to it. */
  reset(): void {
    this.disconnect()
    this.#audiences.restore([], 0)
    this.#reached = 0
  }

  async #load(epoch: number): Promise<void> {
    const { replica, session, clock, now } = this.#deps
    const askedAt = now()
    const { changes, heads, cursor, serverTime } = await session.call('load', {})
    if (epoch !== this.#epoch) return
    clock.learn(serverTime, askedAt)
    const audiences = Object.keys(heads)
    void replica.commit([{ op: 'forget-replica' }, ...windowsOf(changes, audiences)])
    this.#beginning = true
    replica.applyChanges(changes)
    this.#beginning = false
    void replica.commit([
      { op: 'put-meta', name: 'audiences', value: audiences },
      { op: 'put-meta', name: 'cursor', value: cursor },
    ])
    this.#audiences.loadedAll(audiences, cursor)
    this.#reached = cursor
  }

  #applyPage(page: CaughtUpPage): void {
    const { replica } = this.#deps
    for (const change of page.changes) {
      if (change.kind === 'access') this.#applyMissedAccess(change)
      else if (this.#audiences.holds(change.audience)) replica.applyChanges([change])
    }
    void replica.setMeta('cursor', page.cursor)
    if (page.more) return
    this.#audiences.provedAll(page.cursor)
    this.#reached = Math.max(this.#reached, page.cursor)
  }

  #applyLive(changes: readonly Change[]): void {
    for (const [index, change] of changes.entries()) {
      if (this.#isHole(change)) {
        this.#live = false
        this.#collected.push(...changes.slice(index))
        this.whenHole()
        return
      }
      this.#applyOne(change)
    }
    this.#loadGained()
  }

  #isHole({ audience, prev }: Change): boolean {
    if (this.#loading.has(audience) || !this.#audiences.holds(audience)) return false
    return prev > this.#audiences.provedUpTo(audience)
  }

  #applyOne(change: Change): void {
    const { audience, seq, prev } = change
    const waiting = this.#loading.get(audience)
    if (waiting) {
      waiting.push(change)
      return
    }
    if (!this.#audiences.holds(audience)) {
      if (this.#lostAfter(audience, seq)) return
      // A catch-up that went past its beginning, while it was not held yet, has left out what else came until then.
      if (prev !== 0 || seq <= this.#audiences.provedUpTo(audience)) {
        this.#loadAudience(audience, [change])
        return
      }
      this.#holdFromBirth(audience)
    }
    this.#reached = Math.max(this.#reached, seq)
    if (this.#audiences.toldByLoad(audience, seq)) return
    this.#audiences.proved(audience, seq)
    if (change.kind === 'access') this.#applyAccess(change)
    else this.#deps.replica.applyChanges([change])
    if (this.#ahead.size > 0) this.#applyAhead(audience)
  }

  /** Applies what was acknowledged in an audience as far as it is its turn. */
  #applyAhead(audience: string): void {
    const waiting = [...this.#ahead.values()].filter((change) => change.audience === audience)
    for (const change of waiting.sort((a, b) => a.seq - b.seq))
      if (this.#isNext(change)) this.#takeAhead(change)
  }

  #isNext({ audience, seq, prev, data }: ChangeFor<'message'>): boolean {
    // What is being loaded replaces what is held, so that it comes first.
    if (!this.#live || this.#loading.has(audience)) return false
    if (this.#audiences.holds(audience) && prev > 0) return prev <= this.#audiences.provedUpTo(audience)
    // A repeated send is answered without its place in the feed; and of a conversation just made nothing may be held yet.
    const { state } = this.#deps.replica
    const last = data === null ? 0 : lastNumberOf(state, data.conversationId)
    return seq <= this.#audiences.provedUpTo(audience) || (data?.number ?? 0) <= last + 1
  }

  #takeAhead(change: ChangeFor<'message'>): void {
    const { replica } = this.#deps
    const { id, audience, seq, prev } = change
    const conversationId = conversationIn(audience) ?? ''
    this.#ahead.delete(id)
    this.#reached = Math.max(this.#reached, seq)
    if (this.#audiences.holds(audience) && prev > 0) this.#audiences.proved(audience, seq)
    // Access may have been lost since it was sent: then nothing of the conversation is kept here.
    if (dataOf(replica.state, 'conversation', conversationId)) replica.applyChanges([change])
    else void replica.commit([{ op: 'forget-outbox', id, conversationId }])
  }

  /** A change on its way from before the access was lost must not bring anything back (Y9). */
  #lostAfter(audience: string, seq: number): boolean {
    const access = this.#deps.replica.state.records.access.get(audience)
    return access?.data?.state === 'lost' && access.seq > seq
  }

  /** Its first change has just come: there is nothing older to load. */
  #holdFromBirth(audience: string): void {
    const { replica } = this.#deps
    this.#audiences.born(audience)
    const conversationId = conversationIn(audience)
    const ops: StoreOp[] = [this.#heldNow()]
    if (conversationId !== null && !replica.state.windows.has(conversationId)) {
      ops.push({ op: 'open-window', window: { conversationId, from: 1, last: null } })
    }
    void replica.commit(ops)
  }

  /**
   * Access that was gained while this device was away, to something it holds: it was lost in between, and what was told meanwhile
   * may not be theirs. It is loaded again.
   */
  #applyMissedAccess(change: ChangeFor<'access'>): void {
    const { replica } = this.#deps
    const { id, data } = change
    const isNews = applyChange(replica.state, change).length > 0
    this.#applyAccess(change)
    if (!isNews || data?.state !== 'gained' || !this.#audiences.holds(id)) return
    this.#audiences.drop(id)
    void replica.commit([...dropAudience(replica.state, id), this.#heldNow()])
  }

  #applyAccess(change: ChangeFor<'access'>): void {
    const { replica } = this.#deps
    const ops = applyChange(replica.state, change)
    if (ops.length === 0) return
    this.#refused.delete(change.id)
    void replica.commit(ops)
    if (change.data?.state === 'gained') return
    this.#loading.delete(change.id)
    this.#audiences.drop(change.id)
    void replica.commit([...dropAudience(replica.state, change.id), this.#heldNow()])
  }

  #heldNow(): StoreOp {
    return { op: 'put-meta', name: 'audiences', value: this.#audiences.names() }
  }

  #loadGained(): void {
    for (const { id, data } of recordsOf(this.#deps.replica.state, 'access').values()) {
      if (data?.state !== 'gained' || this.#audiences.holds(id) || this.#refused.has(id)) continue
      this.#loadAudience(id, [])
    }
  }

  #loadAudience(audience: string, waiting: Change[]): void {
    if (this.#loading.has(audience)) return
    this.#loading.set(audience, waiting)
    void this.#fetchAudience(audience, waiting)
  }

  async #fetchAudience(audience: string, waiting: Change[]): Promise<void> {
    const { replica, session } = this.#deps
    const isOver = () => this.#loading.get(audience) !== waiting
    try {
      const answer = await session.call('loadAudience', { query: { audience } })
      if (isOver()) return
      const changes = answer.changes
      this.#loading.delete(audience)
      this.#audiences.loaded(audience, answer.head)
      void replica.commit([
        ...replaceAudience(replica.state, audience, { changes, head: answer.head }),
        this.#heldNow(),
      ])
      replica.applyChanges(changes)
      this.receive(waiting)
      this.#applyAhead(audience)
    } catch (error) {
      if (isOver()) return
      this.#loading.delete(audience)
      if (failedWith(error, 'not_found')) this.#refused.add(audience)
      else this.whenLoadFails(error)
      this.#applyAhead(audience)
    }
  }
}
