import { uploadPath } from '@parley/contracts/files/paths'
import { CallFailed } from '../call-failed.ts'
import { backOff } from '../connection/back-off.ts'
import type { OutboxEntry } from '../local-store/local-store.ts'
import type { Platform, TimerHandle } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf, outboxEntry } from '../replica/replica-state.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import { failedAs, failedWith } from '../transport/route-call.ts'
import type { Carrying, CopyOf, FilePorts } from './file-ports.ts'
import { type OutboxFile, posterKey } from './outgoing.ts'

/** So many files travel at the same time. */
const AT_ONCE = 2
/** What fails again and again without saying that it is hopeless is given up, so that it does not hold up the rest for ever. */
const FAULTS_MAX = 12
/** Progress is told so often. */
const TELL_EVERY = 150
/** What stands on the shelf for so long without a message was left there by a tab that was closed while it chose. */
const FORGOTTEN_AFTER = 60 * 60_000
/** Larger ones are not kept as copies once they are sent. */
const COPY_MAX = 16 * 1024 * 1024

const LOST = 'This browser has removed the file before it was sent. Choose it again.'

export interface UploadQueueDeps {
  readonly replica: Replica
  readonly session: SessionKeeper
  readonly platform: Platform
  readonly ports: FilePorts
  /** So many bytes of a message's files have arrived. */
  readonly progress: (messageId: string, sent: number) => void
  /** Files of a message are there, or never will be: others may be ready to leave. */
  readonly complete: () => void
}

interface Wanted {
  readonly entry: OutboxEntry
  readonly file: OutboxFile
}

interface Run {
  carrying: Carrying | null
  stopped: boolean
}

/**
 * Carries the files of waiting messages to the server, in the order of writing. Each step may be repeated: after a cut, a reload or a
 * restart of either side it goes on from where the server has got to. The tab that leads does so alone.
 */
export class UploadQueue {
  readonly #deps: UploadQueueDeps
  readonly #runs = new Map<string, Run>()
  readonly #pauses = new Map<string, { readonly attempt: number; timer: TimerHandle }>()
  /** What was seen waiting, until its bytes are off the shelf. */
  readonly #seen = new Map<string, { readonly entry: OutboxEntry; readonly file: OutboxFile }>()
  readonly #sent = new Map<string, number>()
  /** Messages whose progress was told a moment ago, and whether there is more to tell. */
  readonly #resting = new Map<string, boolean>()
  #active = false
  #swept = false

  constructor(deps: UploadQueueDeps) {
    this.#deps = deps
  }

  setActive(active: boolean): void {
    this.#active = active
    for (const { timer } of this.#pauses.values()) this.#deps.platform.timers.clear(timer)
    this.#pauses.clear()
    if (!active) for (const fileId of [...this.#runs.keys()]) this.#stop(fileId)
    else if (!this.#swept) void this.#sweep()
  }

  /** Starts what can start, stops what nobody wants any more. */
  pump(): void {
    if (!this.#active) return
    const waiting = this.#waiting()
    const there = new Set(waiting.map(({ file }) => file.id))
    const wanted = waiting.filter(({ entry, file }) => isWanted(entry, file))
    const ids = new Set(wanted.map(({ file }) => file.id))
    for (const fileId of [...this.#runs.keys()]) if (!ids.has(fileId)) this.#stop(fileId)
    for (const [fileId, seen] of this.#seen) if (!there.has(fileId)) void this.#settle(fileId, seen)
    for (const { entry, file } of waiting) this.#seen.set(file.id, { entry, file })
    for (const { entry, file } of wanted) {
      if (this.#runs.size >= AT_ONCE) return
      if (!this.#runs.has(file.id) && !this.#pauses.has(file.id)) void this.#run(entry, file, 0)
    }
  }

  #waiting(): Wanted[] {
    const entries = [...this.#deps.replica.state.outbox.values()].flat()
    entries.sort((a, b) => a.position - b.position)
    return entries.flatMap((entry) =>
      (entry.files ?? []).filter(({ shared }) => !shared).map((file) => ({ entry, file })),
    )
  }

  async #run(
    { id: messageId, conversationId }: OutboxEntry,
    file: OutboxFile,
    attempt: number,
  ): Promise<void> {
    const run: Run = { carrying: null, stopped: false }
    this.#runs.set(file.id, run)
    try {
      const done = await this.#carry(run, messageId, conversationId, file)
      if (run.stopped) return
      this.#runs.delete(file.id)
      await this.#change(conversationId, messageId, (entry) => ({
        ...entry,
        files: (entry.files ?? []).map((one) => (one.id === file.id ? { ...one, done } : one)),
      }))
      this.#deps.complete()
    } catch (error) {
      if (run.stopped) return
      this.#runs.delete(file.id)
      await this.#failed(messageId, conversationId, file, attempt, error)
    }
    this.pump()
  }

  async #carry(run: Run, messageId: string, conversationId: string, file: OutboxFile) {
    const { session, ports, replica } = this.#deps
    const { id: fileId, name, size, type, kind, facts } = file
    const conversation = dataOf(replica.state, 'conversation', conversationId)
    if (!conversation || conversation.kept) throw failedAs('no_longer_in_group')
    const bytes = await ports.shelf.get(fileId)
    if (!bytes) throw new CallFailed('device_full', 'tell', LOST)
    const begun = await session.call('createFile', { body: { id: fileId, name, size, type, kind } })
    this.#tell(messageId, fileId, begun.offset)
    if (begun.state === 'uploading' && begun.offset < size && !run.stopped) {
      await session.inTheirName((headers) => {
        run.carrying = ports.carry({
          path: uploadPath(fileId),
          bytes,
          headers,
          onProgress: (sent) => {
            if (!run.stopped) this.#tell(messageId, fileId, sent)
          },
        })
        if (run.stopped) run.carrying.stop()
        return run.carrying.done
      })
    }
    if (begun.state === 'uploading' && file.poster) await this.#sendPoster(fileId)
    return session.call('finishFile', { params: { fileId }, body: facts })
  }

  /** A video without its picture is still a video. */
  async #sendPoster(fileId: string): Promise<void> {
    const { ports, session } = this.#deps
    const poster = await ports.shelf.get(posterKey(fileId))
    if (!poster) return
    const bytes = new Uint8Array(await poster.arrayBuffer())
    await session.upload('setPoster', bytes, poster.type, { fileId }).catch((error: unknown) => {
      if (!failedWith(error, 'picture_unreadable')) throw error
    })
  }

  async #failed(
    messageId: string,
    conversationId: string,
    file: OutboxFile,
    attempt: number,
    error: unknown,
  ): Promise<void> {
    const { platform } = this.#deps
    const failed = error instanceof CallFailed ? error : null
    const hopeless = (failed?.code === 'internal' || failed?.code === 'not_found') && attempt >= FAULTS_MAX
    // an upload that the server has forgotten begins anew
    if (failed && ((failed.action === 'tell' && failed.code !== 'not_found') || hopeless)) {
      await this.#change(conversationId, messageId, (entry) => ({
        ...entry,
        state: 'failed',
        failure: failed.message,
      }))
      // what was chosen together with it waits no longer
      this.#deps.complete()
      return
    }
    if (!this.#active) return
    const timer = platform.timers.set(
      () => {
        this.#pauses.delete(file.id)
        const entry = outboxEntry(this.#deps.replica.state, conversationId, messageId)
        const still = entry?.files?.find(({ id }) => id === file.id)
        if (entry && still && this.#active && isWanted(entry, still))
          void this.#run(entry, still, attempt + 1)
        else this.pump()
      },
      backOff(attempt, platform.random, (failed?.retryAfter ?? 0) * 1_000),
    )
    this.#pauses.set(file.id, { attempt, timer })
  }

  async #change(
    conversationId: string,
    messageId: string,
    change: (entry: OutboxEntry) => OutboxEntry,
  ): Promise<void> {
    const { replica } = this.#deps
    const entry = outboxEntry(replica.state, conversationId, messageId)
    if (entry) await replica.commit([{ op: 'put-outbox', entry: change(entry) }])
  }

  #stop(fileId: string): void {
    const run = this.#runs.get(fileId)
    if (!run) return
    run.stopped = true
    run.carrying?.stop()
    this.#runs.delete(fileId)
  }

  #tell(messageId: string, fileId: string, sent: number): void {
    if (this.#sent.get(fileId) === sent) return
    this.#sent.set(fileId, sent)
    if (this.#resting.has(messageId)) {
      this.#resting.set(messageId, true)
      return
    }
    this.#tellNow(messageId)
  }

  /** Screens need no more than a few steps a second; the last of them always comes. */
  #tellNow(messageId: string): void {
    const files = this.#waiting().filter(({ entry }) => entry.id === messageId)
    const sentOf = ({ file }: Wanted) => (file.done ? file.size : (this.#sent.get(file.id) ?? 0))
    this.#resting.set(messageId, false)
    this.#deps.progress(
      messageId,
      files.reduce((sum, one) => sum + sentOf(one), 0),
    )
    this.#deps.platform.timers.set(() => {
      const more = this.#resting.get(messageId)
      this.#resting.delete(messageId)
      if (more) this.#tellNow(messageId)
    }, TELL_EVERY)
  }

  /** Sent or given up: its bytes leave the shelf. What was sent stays as a copy, so that nobody loads what they have just chosen. */
  async #settle(fileId: string, { entry, file }: Wanted): Promise<void> {
    this.#seen.delete(fileId)
    this.#sent.delete(fileId)
    const { ports, replica, session } = this.#deps
    const { id: messageId, conversationId } = entry
    const window = replica.state.windows.get(conversationId)
    const sent = window?.messages.find(({ message }) => message.id === messageId)?.message
    if (sent) {
      await this.#copy({ conversationId, messageId, number: sent.number, fileId }, file)
    } else {
      // it may be that nothing of it is there
      await session.inTheirName((headers) => ports.forget(uploadPath(fileId), headers)).catch(() => {})
    }
    await Promise.all([ports.shelf.drop(fileId), ports.shelf.drop(posterKey(fileId))])
  }

  async #copy(of: Omit<CopyOf, 'variant'>, file: OutboxFile): Promise<void> {
    const { shelf, copies } = this.#deps.ports
    const bytes = file.size <= COPY_MAX ? await shelf.get(file.id) : null
    if (bytes) await copies.put({ ...of, variant: 'content' }, bytes)
    const poster = file.poster ? await shelf.get(posterKey(file.id)) : null
    if (poster) await copies.put({ ...of, variant: 'preview' }, poster)
  }

  async #sweep(): Promise<void> {
    this.#swept = true
    const { ports, platform, replica } = this.#deps
    const oldest = platform.timers.now() - FORGOTTEN_AFTER
    const shelved = await ports.shelf.all().catch(() => [])
    const waiting = new Set(
      [...replica.state.outbox.values()].flat().flatMap(({ files }) => files?.map(({ id }) => id) ?? []),
    )
    for (const { key, at } of shelved) {
      const [fileId = ''] = key.split('.')
      if (at < oldest && !waiting.has(fileId)) await ports.shelf.drop(key)
    }
  }
}

const isWanted = (entry: OutboxEntry, file: OutboxFile): boolean =>
  entry.state === 'queued' && entry.paused !== true && file.done === null
