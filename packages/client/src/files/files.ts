import { contentPath, previewPath } from '@parley/contracts/files/paths'
import { CallFailed } from '../call-failed.ts'
import type { AloneGiven } from './file-ports.ts'
import type { Transfer } from '../files/transfer.ts'
import type { OutboxEntry, StoreBatch } from '../local-store/local-store.ts'
import type { Platform } from '../platform/platform.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf } from '../replica/replica-state.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import { type Bytes, type CopyOf, type FilePlace, type FilePorts, ShelfFull } from './file-ports.ts'
import { type Loss, lossOf } from './loss-of.ts'
import { outboxFile, type OutboxFile, type OutgoingFile, posterKey } from './outgoing.ts'
import type { UploadQueue } from './upload-queue.ts'

export interface FilesDeps {
  readonly replica: Replica
  readonly session: SessionKeeper
  readonly platform: Platform
  readonly place: FilePlace
  /** Tells the other tabs how far a message's files have got. */
  readonly tell: (messageId: string, sent: number) => void
}

const DEVICE_FULL =
  'There is no room left for this in the storage of this browser. Nothing else is lost: make room, or send fewer or smaller files.'

/**
 * Files on this device: those that wait with their message in the outbox, and copies of others. What carries them is fetched with the
 * first one, so that whoever only reads and writes never pays for it.
 */
export class Files {
  /** A file has arrived: its message may be ready to leave. */
  whenComplete: () => void = () => {}
  readonly #deps: FilesDeps
  readonly #sent = new Map<string, number>()
  readonly #transfers = new Map<string, { entry: OutboxEntry; sent: number; transfer: Transfer }>()
  readonly #asked = new Map<string, Promise<Bytes>>()
  #ports: Promise<FilePorts> | null = null
  #queue: UploadQueue | null = null
  #loading: Promise<UploadQueue> | null = null
  #active = false
  #pumping = false
  /** What has been lost and may still be there as copies. */
  readonly #losses: Loss[] = []
  /** Rises with whatever is lost. */
  #losing = 0
  #dropping = false

  constructor(deps: FilesDeps) {
    this.#deps = deps
    deps.replica.watch((batch) => this.#note(batch))
  }

  /** Carries from now on what waits, or stops doing so. */
  setActive(active: boolean): void {
    this.#active = active
    this.#queue?.setActive(active)
    if (!active) return
    this.#pumpSoon()
    if (this.#losses.length > 0) void this.#dropLost()
  }

  /** Puts chosen files on the shelf. @throws CallFailed device_full; then none of them is kept */
  async keep(chosen: readonly OutgoingFile[]): Promise<OutboxFile[]> {
    if (chosen.length === 0) return []
    const { shelf } = await this.#open()
    const kept: OutboxFile[] = []
    try {
      for (const file of chosen) {
        const entry = outboxFile(file)
        kept.push(entry)
        await shelf.put(entry.id, file.bytes)
        if (file.poster) await shelf.put(posterKey(entry.id), file.poster)
      }
    } catch (error) {
      for (const { id } of kept) await Promise.all([shelf.drop(id), shelf.drop(posterKey(id))])
      if (error instanceof ShelfFull) throw new CallFailed('device_full', 'tell', DEVICE_FULL)
      throw error
    }
    return kept
  }

  /** How far the files of a message in the outbox have got; null where none wait. */
  transfer(conversationId: string, messageId: string): Transfer | null {
    const entry = this.#entries(conversationId).find(({ id }) => id === messageId)
    if (!entry?.files || entry.state === 'failed') return null
    const sent = this.#sent.get(messageId) ?? 0
    const before = this.#transfers.get(messageId)
    if (before?.entry === entry && before.sent === sent) return before.transfer
    const transfer = transferOf(entry.files, entry.paused === true, sent)
    this.#transfers.set(messageId, { entry, sent, transfer })
    return transfer
  }

  /** The tab that leads has said so. */
  hear(messageId: string, sent: number): void {
    if (this.#sent.get(messageId) === sent) return
    this.#sent.set(messageId, sent)
    this.#deps.replica.topics.touch(`transfer:${messageId}`)
  }

  /** Bytes of a file: from the shelf, a copy on this device, or the server. @throws CallFailed */
  bytes(copy: CopyOf): Promise<Bytes> {
    const name = `${copy.fileId} ${copy.variant}`
    const asked = this.#asked.get(name) ?? this.#find(copy).finally(() => this.#asked.delete(name))
    this.#asked.set(name, asked)
    return asked
  }

  /** Whoever is signed in here is so no more: nothing of theirs stays but what still waits in the outbox. */
  async wipe(): Promise<void> {
    this.#sent.clear()
    this.#transfers.clear()
    await this.#deps.place.wipe({ outgoing: this.#deps.replica.state.outbox.size === 0 })
  }

  /**
   * Removes what a page has left behind that ended before it could do so itself: copies of chats that nothing is known of any more, and all that
   * is here of whoever was signed in before.
   */
  async sweep(): Promise<void> {
    const { replica, place } = this.#deps
    // a store that could not be opened says nothing of what is known
    if (replica.storage() !== 'kept') return
    const { owner, session } = replica.state.meta
    if (!owner && !session) return this.wipe()
    const isKnown = ({ conversationId }: CopyOf) =>
      dataOf(replica.state, 'conversation', conversationId) !== null
    if (!(await place.hasCopies())) return
    // that part of the program may be out of reach; the next start looks again
    await this.#open().then(
      ({ copies }) => copies.keepOnly(isKnown),
      () => {},
    )
  }

  /** Uploads a file that goes with no message; its id, or null when somebody thought better of it. @throws CallFailed */
  async uploadAlone(given: AloneGiven): Promise<string | null> {
    const { uploadAlone } = await import('./upload-alone.ts')
    return uploadAlone({ ...this.#deps, ports: await this.#open() }, given)
  }

  #open(): Promise<FilePorts> {
    this.#ports ??= this.#deps.place.open().catch((error: unknown) => {
      this.#ports = null
      throw error
    })
    return this.#ports
  }

  async #find(copy: CopyOf): Promise<Bytes> {
    const { shelf, copies, fetch } = await this.#open()
    const waiting = this.#waitingFile(copy)
    if (waiting) {
      const key = copy.variant === 'preview' && waiting.poster ? posterKey(waiting.id) : waiting.id
      const bytes = await shelf.get(key)
      if (bytes) return bytes
    }
    const kept = await copies.get(copy)
    if (kept) return kept
    const path = copy.variant === 'preview' ? previewPath(copy.fileId) : contentPath(copy.fileId)
    const before = this.#losing
    const bytes = await this.#deps.session.inTheirName((headers) => fetch(path, headers))
    // what was lost while it was on its way may be just this
    const isThere = dataOf(this.#deps.replica.state, 'conversation', copy.conversationId) !== null
    if (isThere && before === this.#losing) await copies.put(copy, bytes)
    return bytes
  }

  #waitingFile({ conversationId, messageId, fileId }: CopyOf): OutboxFile | undefined {
    const entry = this.#entries(conversationId).find(({ id }) => id === messageId)
    return entry?.files?.find(({ id }) => id === fileId)
  }

  #entries(conversationId: string): readonly OutboxEntry[] {
    return this.#deps.replica.state.outbox.get(conversationId) ?? []
  }

  #note(batch: StoreBatch): void {
    const before = this.#losses.length
    for (const op of batch) {
      if (op.op === 'put-outbox' || op.op === 'forget-outbox') this.#pumpSoon()
      else if (op.op === 'forget-replica') this.#dropAll()
      else {
        const loss = lossOf(op, this.#deps.replica.state)
        if (loss) this.#losses.push(loss)
      }
    }
    if (this.#losses.length > before) void this.#dropLost()
  }

  /** What is loaded anew does not say what has been lost since the last time. */
  #dropAll(): void {
    this.#losing += 1
    void this.#deps.place.wipe({ outgoing: false })
  }

  /** Copies go with the message or the conversation that they belong to (Y9), also when it is heard of only later, or in another tab. */
  async #dropLost(): Promise<void> {
    this.#losing += 1
    if (this.#dropping) return
    this.#dropping = true
    try {
      const { copies } = await this.#open()
      while (this.#losses.length > 0) {
        const losses = this.#losses.splice(0)
        await copies.keepOnly((copy) => !losses.some((isLost) => isLost(copy)))
      }
    } catch {
      // that part of the program cannot be fetched for now
    } finally {
      this.#dropping = false
    }
  }

  #pumpSoon(): void {
    if (this.#pumping) return
    this.#pumping = true
    void Promise.resolve().then(async () => {
      this.#pumping = false
      if (!this.#active) return
      const waits = [...this.#deps.replica.state.outbox.values()].some((entries) =>
        entries.some(({ files }) => files?.some(({ shared }) => !shared)),
      )
      if (!this.#queue && !waits) return
      const queue = this.#queue ?? (await this.#load())
      queue?.pump()
    })
  }

  /** null where the program's part could not be fetched; the next wish tries again. */
  async #load(): Promise<UploadQueue | null> {
    this.#loading ??= this.#build()
    try {
      return await this.#loading
    } catch {
      this.#loading = null
      this.#deps.platform.timers.set(() => this.#pumpSoon(), LOAD_AGAIN)
      return null
    }
  }

  async #build(): Promise<UploadQueue> {
    const { replica, session, platform } = this.#deps
    const [{ UploadQueue }, ports] = await Promise.all([import('./upload-queue.ts'), this.#open()])
    const queue = new UploadQueue({
      replica,
      session,
      platform,
      ports,
      progress: (messageId, sent) => {
        this.hear(messageId, sent)
        this.#deps.tell(messageId, sent)
      },
      complete: () => this.whenComplete(),
    })
    queue.setActive(this.#active)
    this.#queue = queue
    return queue
  }
}

const LOAD_AGAIN = 5_000

function transferOf(files: readonly OutboxFile[], paused: boolean, sent: number): Transfer {
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (files.every(({ done }) => done)) return { state: 'complete', sent: size, size }
  return { state: paused ? 'paused' : sent > 0 ? 'sending' : 'waiting', sent: Math.min(sent, size), size }
}

/** Whether all files of a message are where it is sent to. */
export const isComplete = ({ files }: OutboxEntry): boolean =>
  files?.every(({ done }) => done !== null) ?? true
