import type { Conversation } from '@parley/contracts/conversations/conversation'
import { signalNames } from '@parley/contracts/addresses'
import type { Signals } from '@parley/contracts/events'
import type { SignalPayload } from '@parley/contracts/kernel/event'
import type { Change } from '@parley/contracts/sync/change'
import { v7 as newId } from 'uuid'
import type { ConnectionState } from './client-api.ts'
import { type Phase, shownAs } from './connection/connection-machine.ts'
import type { EntityRecord, StoreBatch } from './local-store/local-store.ts'
import { NewsDesk, type NewsListener } from './notifications/news-desk.ts'
import { buildParts, type EngineOptions, type Parts } from './parts.ts'
import { Activity } from './presence/activity.ts'
import type { TabMessage } from './tabs/tab-message.ts'
import { TabRelay } from './tabs/tab-relay.ts'
import { Tabs } from './tabs/tabs.ts'

/** A conversation with so many messages on the device needs no page fetched ahead. */
const ENOUGH_AHEAD = 30

/** Starts and stops the parts of a client, and says who hears what from whom. */
export class Engine {
  readonly parts: Parts
  readonly #options: EngineOptions
  readonly #activity: Activity
  readonly #tab = newId()
  #tabs: Tabs | null = null
  #relay: TabRelay | null = null
  /** What other tabs said while the store was being read. */
  #early: TabMessage[] | null = []
  #started = false
  #stopped = false
  #alone = false
  /** Whose connection runs. */
  #runningFor: string | null = null
  #ends: (() => void)[] = []
  readonly #news: NewsDesk

  constructor(options: EngineOptions) {
    this.#options = options
    this.parts = buildParts(
      options,
      (task) => (this.#leading() || !this.#relay ? null : this.#relay.ask(task)),
      (messageId, sent) => this.#tabs?.post({ type: 'transfer', messageId, sent }),
    )
    this.#activity = new Activity(options.platform, {
      device: (active) => {
        if (this.#leading()) this.parts.connector.emit('setActive', { active })
      },
      here: () => {
        if (!this.#leading()) this.#relay?.tellWishes()
      },
    })
    this.#news = new NewsDesk({
      activity: this.#activity,
      shown: (conversationId) => this.parts.replica.topics.watched(`conversation:${conversationId}`),
      pass: (tab, tellings) => this.#tabs?.post({ type: 'tell', tab, tellings }),
    })
    this.#wire()
  }

  async start(): Promise<void> {
    const { replica, session } = this.parts
    const { platform, name } = this.#options
    if (platform.tabs) this.#joinTabs(new Tabs({ ports: platform.tabs, name, ...this.#tabHandlers() }))
    await replica.open()
    await session.open()
    if (this.#stopped) return
    this.#started = true
    replica.topics.touch('connection')
    if (this.#tabs && replica.sharedByTabs()) this.#follow(this.#tabs)
    else await this.#leadAlone()
  }

  async stop(): Promise<void> {
    const { drafts, connector, session, presence, typing, outbox, calls, marks, replica } = this.parts
    this.#stopped = true
    for (const end of this.#ends.splice(0)) end()
    await drafts.flush()
    session.close()
    connector.dispatch({ type: 'end' })
    outbox.setActive(false)
    this.parts.files.setActive(false)
    calls.setActive(false)
    marks.setActive(false)
    presence.stop()
    typing.clear()
    this.parts.sweeper.setActive(false)
    this.parts.moments.stop()
    this.parts.teller.stop()
    this.#activity.stop()
    await replica.settled()
    this.#tabs?.post({ type: 'bye', tab: this.#tab })
    this.#tabs?.leave()
    await replica.close()
  }

  connection(): ConnectionState {
    const phase = this.parts.connector.phase()
    if (!this.#started) return 'starting'
    if (phase === 'too-old') return 'too-old'
    if (this.parts.session.current() === null) return 'signed-out'
    if (!this.#leading()) return this.#relay?.followed() ?? 'connecting'
    return phase === 'resting' ? 'connecting' : shownAs[phase]
  }

  signalTyping(conversationId: string, typing: boolean): void {
    if (!this.parts.typing.worthSaying(conversationId, typing)) return
    if (this.#leading()) this.parts.connector.signalTyping(conversationId, typing)
    else this.#tabs?.post({ type: 'typing', conversationId, typing })
  }

  markSeen(conversationId: string, number: number): void {
    const { marks, replica } = this.parts
    if (this.#leading()) {
      marks.raiseSeen(conversationId, number)
      return
    }
    const op = marks.seenOp(conversationId, number)
    if (!op) return
    replica.show([op])
    this.#tabs?.post({ type: 'seen', conversationId, number })
  }

  /** Shows a conversation that the server has just made, until its change arrives. */
  showProvisionally(conversation: Conversation): void {
    const { replica } = this.parts
    const { id } = conversation
    if (replica.state.records.conversation.get(id)?.data) return
    const audience = `conversation:${id}` as const
    const record: EntityRecord<'conversation'> = {
      kind: 'conversation',
      id,
      audience,
      seq: 0,
      data: conversation,
    }
    const batch: StoreBatch = [{ op: 'put-record', record: record }]
    replica.show(batch)
    this.#tabs?.post({ type: 'show', batch })
  }

  async backfill(): Promise<void> {
    const { state } = this.parts.replica
    for (const { id: conversationId, data } of [...state.records.conversation.values()]) {
      if (data === null) continue
      let before = Infinity
      for (let from = state.windows.get(conversationId)?.from ?? Infinity; from > 1 && from <= before;) {
        before = from - 1
        await this.parts.pages.fetch(conversationId)
        from = state.windows.get(conversationId)?.from ?? 1
      }
    }
  }

  async settled(): Promise<void> {
    const { replica, sync, outbox, calls, marks, connector } = this.parts
    const { timers } = this.#options.platform
    const isSettled = () =>
      connector.phase() === 'live' &&
      sync.settled() &&
      outbox.waiting() === 0 &&
      calls.waiting() === 0 &&
      marks.settled()
    for (;;) {
      await replica.settled()
      if (this.#stopped || isSettled()) return
      await new Promise<void>((resolve) => void timers.set(resolve, 5))
    }
  }

  #leading(): boolean {
    return !this.#stopped && (this.#alone || (this.#tabs?.leading() ?? false))
  }

  #wire(): void {
    const { replica, session, connector, presence, marks, pages, typing, teller, sync, sweeper } = this.parts
    replica.watch((batch) => sweeper.note(batch))
    teller.whenNews = (tellings) => this.#news.share(tellings)
    replica.whenChanged = (change) => {
      marks.note(change)
      pages.note(change)
      teller.note(change, sync.beginning())
      this.#endTyping(change)
      // what one hides oneself is not seen of others either
      if (change.kind === 'own-profile' || change.kind === 'communication')
        void this.#watch(presence.wanted())
    }
    session.whenTooOld = () => connector.dispatch({ type: 'refused-as-too-old' })
    session.whenTakenOver = () => this.parts.files.wipe()
    session.whenEnded = () => {
      void this.parts.files.wipe()
      this.#reconcile()
    }
    connector.whenPhase = (phase, before) => this.#phaseChanged(phase, before)
    connector.whenSignal = (name, payload) => this.#signal(name, payload)
    presence.whenWanted = (memberIds) => {
      if (this.#leading()) void this.#watch(memberIds)
      else this.#relay?.tellWishes()
    }
    this.#ends.push(
      replica.topics.subscribe('session', () => this.#reconcile()),
      this.#options.platform.network.subscribe(() => this.#networkChanged()),
      () => typing.clear(),
    )
  }

  #tabHandlers() {
    return {
      lead: () => this.#lead(),
      hear: (message: TabMessage) => {
        if (this.#early) this.#early.push(message)
        else this.#relay?.hear(message)
      },
    }
  }

  #joinTabs(tabs: Tabs): void {
    this.#tabs = tabs
    tabs.listen()
  }

  #follow(tabs: Tabs): void {
    const { timers } = this.#options.platform
    this.#relay = new TabRelay({
      parts: this.parts,
      activity: this.#activity,
      timers,
      tab: this.#tab,
      leading: () => this.#leading(),
      post: (message) => tabs.post(message),
      connection: () => this.connection(),
      tell: (tellings) => this.#news.tell(tellings),
      wiped: (keep) => void this.#wipedElsewhere(keep),
    })
    for (const message of this.#early?.splice(0) ?? []) this.#relay.hear(message)
    this.#early = null
    this.#activity.look()
    tabs.post({ type: 'hello', tab: this.#tab })
    this.#relay.tellWishes()
    tabs.join()
  }

  async #leadAlone(): Promise<void> {
    this.#tabs?.leave()
    this.#tabs = null
    this.#early = null
    this.#alone = true
    this.#begin()
  }

  /** This tab holds the lock now. Another may have written since this one last heard. */
  async #lead(): Promise<void> {
    await this.parts.replica.reopen()
    if (this.#stopped) return
    this.#tabs?.post({ type: 'leads' })
    this.#begin()
    this.#relay?.takeOver()
  }

  #begin(): void {
    const { session, sync, replica, presence, sweeper } = this.parts
    sync.reset()
    presence.forget()
    this.#activity.look()
    this.parts.teller.begin()
    session.keepFresh(true)
    sweeper.setActive(true)
    void this.parts.files.sweep()
    replica.topics.touch('connection')
    this.#reconcile()
  }

  async #wipedElsewhere(keep: StoreBatch): Promise<void> {
    const leading = this.#leading()
    if (leading) this.#halt()
    // A follower writes hardly anything; but the leader may have written after the other tab emptied the store.
    if (leading) await this.parts.replica.wipeQuietly(keep)
    else this.parts.replica.forget(keep)
    this.#reconcile()
  }

  /** Connects when somebody is signed in and this tab leads; disconnects otherwise. */
  #reconcile(): void {
    const { session, connector, replica } = this.parts
    replica.topics.touch('connection')
    const current = session.current()
    const ready = this.#started && this.#leading() && current && !current.passwordIsTemporary
    if (!ready || current.sessionId !== this.#runningFor) this.#halt()
    if (!ready) return
    if (this.#runningFor === null) session.keepFresh(true)
    this.#runningFor = current.sessionId
    connector.dispatch({ type: 'begin' })
  }

  #halt(): void {
    const { connector, sync, typing, presence } = this.parts
    if (this.#runningFor === null) return
    this.#runningFor = null
    connector.dispatch({ type: 'end' })
    sync.reset()
    typing.clear()
    presence.forget()
  }

  #phaseChanged(phase: Phase, before: Phase): void {
    const { replica, outbox, calls, marks, presence, typing } = this.parts
    replica.topics.touch('connection')
    this.#tabs?.post({ type: 'connection', state: this.connection() })
    const live = phase === 'live'
    outbox.setActive(live)
    this.parts.files.setActive(live)
    calls.setActive(live)
    marks.setActive(live)
    if (live) {
      // A new connection watches nobody.
      if (presence.wanted().length > 0) void this.#watch(presence.wanted())
      this.#activity.connected()
      this.parts.history.networkReturned()
      void this.#prefetch()
    } else if (phase === 'too-old') this.parts.session.keepFresh(false)
    else if (before === 'live' && phase !== 'catching-up') {
      presence.forget()
      typing.clear()
    }
  }

  #signal(name: string, payload: unknown): void {
    const { typing, presence } = this.parts
    if (name === signalNames.typing) {
      const signal = payload as SignalPayload<Signals['typing']>
      typing.hear(signal)
      this.#tabs?.post({ type: 'typing-heard', signal })
    }
    if (name === signalNames.presence) {
      const states = [payload as SignalPayload<Signals['presence']>]
      presence.hear(states)
      this.#tabs?.post({ type: 'presence', states })
    }
  }

  /** Who has sent is not typing any more, whatever the signals say. */
  #endTyping(change: Change): void {
    if (change.kind !== 'message' || change.data === null) return
    const { conversationId, senderId: memberId } = change.data
    this.parts.typing.hear({ conversationId, memberId, typing: false })
  }

  onNews(listener: NewsListener): () => void {
    return this.#news.listen(listener)
  }

  /** A refused watch is asked for again with the next connection. */
  async #watch(memberIds: readonly string[]): Promise<void> {
    const { connector, presence } = this.parts
    if (connector.phase() !== 'live') return
    const ack = await connector.request('watchPresence', { memberIds: [...memberIds] }).catch(() => null)
    if (!ack) return
    presence.hear(ack.members)
    this.#tabs?.post({ type: 'presence', states: ack.members })
  }

  #networkChanged(): void {
    const { network } = this.#options.platform
    const visible = network.visible()
    this.#activity.look()
    // A page that is hidden may be gone for good.
    if (!visible) void this.parts.drafts.flush()
    if (network.online()) {
      this.parts.session.payOwed()
      this.parts.history.networkReturned()
    }
    if (!this.#leading()) {
      if (network.online() && visible) this.#tabs?.post({ type: 'connect' })
      return
    }
    this.parts.connector.dispatch({ type: network.online() ? 'retry' : 'network-lost' })
  }

  /** Brings a first page of the latest conversations to the device; whatever fails is loaded when somebody opens it. */
  async #prefetch(): Promise<void> {
    const { replica, pages, connector } = this.parts
    const latest = [...replica.state.windows]
      .filter(([, { from, last }]) => last !== null && from > 1 && last.message.number - from < ENOUGH_AHEAD)
      .sort(([, a], [, b]) => (b.last?.message.sentAt ?? 0) - (a.last?.message.sentAt ?? 0))
      .slice(0, this.#options.prefetch)
    for (const [conversationId] of latest) {
      if (connector.phase() !== 'live') return
      await pages.fetch(conversationId).catch(() => {})
    }
  }
}
