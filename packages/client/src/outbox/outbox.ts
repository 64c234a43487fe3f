import { problemOfParagraph } from '@parley/contracts/kernel/written-text'
import { MESSAGE_MAX_LENGTH } from '@parley/contracts/messages/bounds'
import type { ChangeFor } from '@parley/contracts/sync/change'
import { v7 as newId } from 'uuid'
import { backOff } from '../connection/back-off.ts'
import type { Connector } from '../connection/connector.ts'
import { CallFailed } from '../call-failed.ts'
import type { SendOptions } from '../client-api.ts'
import { mentionsIn } from '../messages/mentions-in.ts'
import { type Files, isComplete } from '../files/files.ts'
import { sharedFile } from '../files/outgoing.ts'
import { quoteOf } from '../messages/quote-of.ts'
import type { OutboxEntry } from '../local-store/local-store.ts'
import type { Platform, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { outboxEntry } from '../replica/replica-state.ts'
import type { ServerClock } from '../sync/clock.ts'
import type { SyncLoop } from '../sync/sync-loop.ts'
import type { LeaderTask } from '../tabs/tab-message.ts'
import { memo } from '../topics/topics.ts'
import { failedAs } from '../transport/route-call.ts'

/** A server that fails over one message again and again must not hold up those behind it for ever. */
const FAULTS_MAX = 12
/** An acknowledged message whose forerunners have not arrived by then: some were missed. */
const FORERUNNERS_WAIT = 3_000

export interface OutboxDeps {
  readonly replica: Replica
  readonly connector: Pick<Connector, 'request' | 'dispatch'>
  readonly sync: Pick<SyncLoop, 'acknowledge' | 'awaits'>
  readonly platform: Platform
  readonly clock: ServerClock
  readonly files: Pick<Files, 'keep'>
  /** Has another tab do it where that one leads; null where this tab leads. */
  readonly askLeader: (task: LeaderTask) => Promise<void> | null
}

interface Pause {
  readonly attempt: number
  readonly timer: TimerHandle
}

/**
 * What was written and is not confirmed (Y6). Per conversation one message is on its way at a time, so that they keep their
 * order; it leaves the outbox in the batch that brings its confirmed form.
 */
export class Outbox {
  readonly waiting: () => number
  readonly #deps: OutboxDeps
  readonly #sending = new Map<string, string>()
  readonly #pauses = new Map<string, Pause>()
  /** Messages whose files were carried once more; only once, since something else may be what is not there. */
  readonly #carriedAgain = new Set<string>()
  #lastPosition = 0
  /** This tab sends; others leave it to the leader. */
  #active = false

  constructor(deps: OutboxDeps) {
    this.#deps = deps
    const { topics, state } = deps.replica
    this.waiting = memo(topics, ['waiting'], () => {
      const entries = [...state.outbox.values()].flat()
      return entries.filter((entry) => entry.state === 'queued' && !deps.sync.awaits(entry.id)).length
    })
  }

  /** Sends from now on, or stops doing so. Pauses are over when a connection is new. */
  setActive(active: boolean): void {
    this.#active = active
    this.#clearPauses()
    if (active) this.pump()
  }

  /** Keeps a message and sends it as soon as can be. @returns its id @throws CallFailed invalid_input, device_full, not_signed_in */
  async send(conversationId: string, text: string, options: SendOptions = {}): Promise<string> {
    // of what is gone nothing can be passed on
    const passedOn = options.forwardOf?.files.filter(({ gone }) => !gone) ?? []
    const carries = passedOn.length > 0 || (options.files?.length ?? 0) > 0
    const problem = carries && text.trim() === '' ? null : problemOfParagraph(text, MESSAGE_MAX_LENGTH)
    if (problem !== null) throw invalid(problem)
    const { state } = this.#deps.replica
    const mentions = mentionsIn(state, conversationId, text)
    const { owner } = state.meta
    const files = [...passedOn.map(sharedFile), ...(await this.#deps.files.keep(options.files ?? []))]
    // the device was wiped while they were put aside
    if (state.meta.owner !== owner) throw failedAs('not_signed_in')
    const entry: OutboxEntry = {
      id: newId(),
      conversationId,
      text: text.trim(),
      ...(options.replyTo && { replyTo: quoteOf(options.replyTo) }),
      ...(options.forwardOf ? { forwardOf: options.forwardOf.id } : mentions && { mentions }),
      ...(files.length > 0 && { files }),
      ...(options.after !== undefined && { after: options.after }),
      createdAt: this.#deps.clock.now(),
      position: this.#nextPosition(),
      state: 'queued',
      failure: null,
    }
    await this.#deps.replica.commit([{ op: 'put-outbox', entry }])
    this.#sendNext(conversationId)
    return entry.id
  }

  async retry(messageId: string): Promise<void> {
    const entry = this.#find(messageId)
    if (entry?.state !== 'failed') return
    const again: OutboxEntry = {
      ...askingAnew(entry),
      state: 'queued',
      failure: null,
      position: this.#nextPosition(),
    }
    await this.#deps.replica.commit([{ op: 'put-outbox', entry: again }])
    this.#sendNext(entry.conversationId)
  }

  /** Holds the files of a waiting message back, or lets them go on. */
  async pause(messageId: string, paused: boolean): Promise<void> {
    const entry = this.#find(messageId)
    if (!entry?.files) return
    const { paused: _, ...going } = entry
    await this.#deps.replica.commit([{ op: 'put-outbox', entry: paused ? { ...going, paused } : going }])
    // what was chosen together with it waits no longer
    this.#sendNext(entry.conversationId)
  }

  /** @returns its text @throws CallFailed when it is on its way */
  async takeBack(messageId: string): Promise<string> {
    const entry = this.#find(messageId)
    if (!entry) throw invalid('This message has been sent meanwhile.')
    await this.discard(messageId)
    return entry.text
  }

  /** @throws CallFailed when it is on its way */
  async discard(messageId: string): Promise<void> {
    const entry = this.#find(messageId)
    if (!entry) return
    const asked = this.#deps.askLeader({ do: 'discard', messageId })
    if (asked) return asked
    if (this.stage(messageId) !== 'queued') throw invalid('This message is being sent just now.')
    const { conversationId } = entry
    await this.#deps.replica.commit([{ op: 'forget-outbox', id: messageId, conversationId }])
    this.#sendNext(conversationId)
  }

  /** How far a queued message has come. */
  stage(messageId: string): 'queued' | 'sending' | 'sent' {
    if (this.#deps.sync.awaits(messageId)) return 'sent'
    for (const id of this.#sending.values()) if (id === messageId) return 'sending'
    return 'queued'
  }

  /** Sends what can be sent. */
  pump(): void {
    for (const conversationId of [...this.#deps.replica.state.outbox.keys()]) this.#sendNext(conversationId)
  }

  #sendNext(conversationId: string): void {
    if (!this.#active || this.#sending.has(conversationId) || this.#pauses.has(conversationId)) return
    const entries = this.#deps.replica.state.outbox.get(conversationId) ?? []
    // what waits for its files does not hold up what was written after it
    const next = entries.find(
      (entry) =>
        entry.state === 'queued' &&
        isComplete(entry) &&
        !isBehind(entry, entries) &&
        !this.#deps.sync.awaits(entry.id),
    )
    if (next) void this.#deliver(next, 0)
  }

  async #deliver(entry: OutboxEntry, attempt: number): Promise<void> {
    const { id, conversationId } = entry
    const { replica, connector } = this.#deps
    this.#sending.set(conversationId, id)
    this.#show(conversationId)
    try {
      const { change } = await connector.request('sendMessage', payloadOf(entry))
      this.#sending.delete(conversationId)
      this.#confirm(entry, change)
    } catch (error) {
      this.#sending.delete(conversationId)
      this.#show(conversationId)
      // as it is by now: what it quotes may be gone meanwhile
      const still = outboxEntry(replica.state, conversationId, id)
      if (still) await this.#refused(still, attempt, error)
      else this.#sendNext(conversationId)
      return
    }
    this.#sendNext(conversationId)
  }

  /** The change takes its place among the others; when some before it never come, they are fetched. */
  #confirm({ id, conversationId }: OutboxEntry, change: ChangeFor<'message'>): void {
    const { sync, platform, connector } = this.#deps
    sync.acknowledge(change)
    if (!sync.awaits(id)) return
    this.#show(conversationId)
    platform.timers.set(() => {
      if (sync.awaits(id)) connector.dispatch({ type: 'hole' })
    }, FORERUNNERS_WAIT)
  }

  async #refused(entry: OutboxEntry, attempt: number, error: unknown): Promise<void> {
    const { replica } = this.#deps
    const failed = error instanceof CallFailed ? error : null
    const hopeless = failed?.code === 'internal' && attempt >= FAULTS_MAX
    if (failed?.code === 'id_taken') {
      const { conversationId, id } = entry
      await replica.commit([
        { op: 'forget-outbox', id, conversationId },
        { op: 'put-outbox', entry: { ...entry, id: newId() } },
      ])
      this.#sendNext(conversationId)
      return
    }
    if (failed?.code === 'not_found' && entry.replyTo) {
      // what it answers is gone; what was written still holds
      const { replyTo: _, ...plain } = entry
      await replica.commit([{ op: 'put-outbox', entry: plain }])
      this.#sendNext(entry.conversationId)
      return
    }
    const carries = entry.files?.some(({ shared }) => !shared)
    if (failed?.code === 'not_found' && carries && !this.#carriedAgain.has(entry.id)) {
      this.#carriedAgain.add(entry.id)
      await replica.commit([{ op: 'put-outbox', entry: askingAnew(entry) }])
      this.#sendNext(entry.conversationId)
      return
    }
    if (failed && (failed.action === 'tell' || hopeless)) {
      await replica.commit([
        { op: 'put-outbox', entry: { ...entry, state: 'failed', failure: failed.message } },
      ])
      this.#sendNext(entry.conversationId)
      return
    }
    this.#pause(entry, attempt, (failed?.retryAfter ?? 0) * 1_000)
  }

  #pause(entry: OutboxEntry, attempt: number, atLeast: number): void {
    if (!this.#active) return
    const { platform, replica } = this.#deps
    const { conversationId, id } = entry
    const timer = platform.timers.set(
      () => {
        this.#pauses.delete(conversationId)
        const still = outboxEntry(replica.state, conversationId, id)
        if (this.#active && still?.state === 'queued') void this.#deliver(still, attempt + 1)
        else this.#sendNext(conversationId)
      },
      backOff(attempt, platform.random, atLeast),
    )
    this.#pauses.set(conversationId, { attempt, timer })
  }

  #clearPauses(): void {
    for (const { timer } of this.#pauses.values()) this.#deps.platform.timers.clear(timer)
    this.#pauses.clear()
  }

  #find(messageId: string): OutboxEntry | undefined {
    for (const entries of this.#deps.replica.state.outbox.values()) {
      const found = entries.find(({ id }) => id === messageId)
      if (found) return found
    }
    return undefined
  }

  #nextPosition(): number {
    let last = this.#lastPosition
    for (const entries of this.#deps.replica.state.outbox.values()) {
      last = Math.max(last, entries.at(-1)?.position ?? 0)
    }
    this.#lastPosition = Math.max(Math.round(this.#deps.clock.now()), last + 1)
    return this.#lastPosition
  }

  #show(conversationId: string): void {
    const { topics } = this.#deps.replica
    topics.touch(`conversation:${conversationId}`)
    topics.touch(`row:${conversationId}`)
    topics.touch('chats')
    topics.touch('waiting')
  }
}

/** Whether what it was chosen together with is still on its way. What was paused or refused holds nothing up. */
function isBehind({ after }: OutboxEntry, entries: readonly OutboxEntry[]): boolean {
  const before = after === undefined ? undefined : entries.find(({ id }) => id === after)
  if (!before || before.state !== 'queued') return false
  return isBehind(before, entries) || (!isComplete(before) && before.paused !== true)
}

/** Its own files may have waited for longer than the server keeps what no message carries: each is asked after, and carried there if need be. */
const askingAnew = (entry: OutboxEntry): OutboxEntry =>
  entry.files
    ? { ...entry, files: entry.files.map((file) => (file.shared ? file : { ...file, done: null })) }
    : entry

/** What is not there is not sent. */
const payloadOf = ({ id, conversationId, text, replyTo, forwardOf, mentions, files }: OutboxEntry) => ({
  id,
  conversationId,
  text,
  ...(replyTo && { replyTo: replyTo.id }),
  ...(forwardOf !== undefined && { forwardOf }),
  ...(mentions && { mentions }),
  ...(files && { files: files.map((file) => file.id) }),
})

const invalid = (sentence = 'This cannot be sent.') =>
  new CallFailed('invalid_input', 'tell', sentence, { text: sentence })
