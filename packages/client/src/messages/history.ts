import { CallFailed } from '../call-failed.ts'
import type { Replica } from '../replica/replica.ts'
import { reveal } from './message-window.ts'

const PAGE = 50
/** Opened at the unread line: enough to reach it, within reason. */
const OPENED_MAX = 300

export interface HistoryDeps {
  readonly replica: Replica
  /** Fetches the next older page into the store; another tab does it where that one leads. @throws CallFailed */
  readonly fetchPage: (conversationId: string) => Promise<void>
}

interface LoadFailure {
  readonly sentence: string
  /** It may go better another time, without anybody changing anything. */
  readonly passing: boolean
  /** Goes on with what was asked for. */
  readonly again: () => Promise<unknown>
}

/** Older messages: from the store first, then from the server. */
export class History {
  readonly #deps: HistoryDeps
  readonly #loading = new Map<string, Promise<boolean>>()
  readonly #failures = new Map<string, LoadFailure>()
  /** Rises whenever the server may be reached again. */
  #returns = 0

  constructor(deps: HistoryDeps) {
    this.#deps = deps
  }

  isLoading(conversationId: string): boolean {
    return this.#loading.has(conversationId)
  }

  failure(conversationId: string): string | null {
    return this.#failures.get(conversationId)?.sentence ?? null
  }

  reachedStart(conversationId: string): boolean {
    const window = this.#deps.replica.state.windows.get(conversationId)
    return window !== undefined && window.shownFrom <= 1
  }

  /** Shows at least a page, or back to where reading stopped. @param unread messages not seen yet */
  open(conversationId: string, unread: number): Promise<void> {
    return this.#showAtLeast(conversationId, Math.min(OPENED_MAX, Math.max(PAGE, unread + PAGE / 2)))
  }

  /** Shows a page more. Never throws. @returns whether it went well */
  older(conversationId: string): Promise<boolean> {
    return this.#older(conversationId, () => this.older(conversationId))
  }

  /** The server may be reached again: what failed for want of it is tried once more where somebody is looking. */
  networkReturned(): void {
    this.#returns += 1
    for (const [conversationId, { passing, again }] of [...this.#failures]) {
      if (!passing) continue
      this.#failures.delete(conversationId)
      this.#touch(conversationId)
      if (this.#deps.replica.topics.watched(`conversation:${conversationId}`)) void again()
    }
  }

  async #showAtLeast(conversationId: string, wanted: number): Promise<void> {
    const again = () => this.#showAtLeast(conversationId, wanted)
    for (let pages = 0; pages <= OPENED_MAX / PAGE + 1; pages++) {
      const shown = this.#deps.replica.state.windows.get(conversationId)?.messages.length ?? 0
      if (this.reachedStart(conversationId) || shown >= wanted) return
      if (!(await this.#older(conversationId, again))) return
    }
  }

  #older(conversationId: string, again: LoadFailure['again']): Promise<boolean> {
    const running = this.#loading.get(conversationId)
    if (running) return running
    if (this.reachedStart(conversationId)) return Promise.resolve(true)
    const loading = this.#loadOlder(conversationId, again).finally(() => {
      this.#loading.delete(conversationId)
      this.#touch(conversationId)
    })
    this.#loading.set(conversationId, loading)
    this.#failures.delete(conversationId)
    this.#touch(conversationId)
    return loading
  }

  async #loadOlder(conversationId: string, again: LoadFailure['again']): Promise<boolean> {
    for (;;) {
      const returns = this.#returns
      try {
        if (await this.#revealKept(conversationId)) return true
        await this.#deps.fetchPage(conversationId)
        await this.#revealKept(conversationId)
        return true
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
        const passing = error.action === 'retry'
        // The network went and came while this waited for an answer from before.
        if (passing && returns !== this.#returns) continue
        this.#failures.set(conversationId, { sentence: error.message, passing, again })
        return false
      }
    }
  }

  /** Brings a page from the store to the screen, if the store holds more than memory shows. */
  async #revealKept(conversationId: string): Promise<boolean> {
    const { replica } = this.#deps
    for (;;) {
      const window = replica.state.windows.get(conversationId)
      if (!window || window.shownFrom <= window.from) return false
      const before = window.shownFrom
      const records = await replica.readMessages(conversationId, window.from, before, PAGE)
      // Meanwhile a tab that takes the lead may have read everything anew: what the store holds is still to be shown.
      if (replica.state.windows.get(conversationId) !== window || window.shownFrom !== before) continue
      reveal(
        window,
        records,
        records.length < PAGE ? window.from : (records[0]?.message.number ?? window.from),
      )
      this.#touch(conversationId)
      // the newest that is shown may be among them, where newer ones are hidden
      replica.topics.touch(`row:${conversationId}`)
      replica.topics.touch('chats')
      return true
    }
  }

  #touch(conversationId: string): void {
    this.#deps.replica.topics.touch(`conversation:${conversationId}`)
  }
}
