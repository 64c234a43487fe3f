import { CallFailed } from '../client-api.ts'
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

/** Older messages: from the store first, then from the server. */
export class History {
  readonly #deps: HistoryDeps
  readonly #loading = new Map<string, Promise<boolean>>()
  readonly #failures = new Map<string, string>()

  constructor(deps: HistoryDeps) {
    this.#deps = deps
  }

  isLoading(conversationId: string): boolean {
    return this.#loading.has(conversationId)
  }

  failure(conversationId: string): string | null {
    return this.#failures.get(conversationId) ?? null
  }

  reachedStart(conversationId: string): boolean {
    const window = this.#deps.replica.state.windows.get(conversationId)
    return window !== undefined && window.shownFrom <= 1
  }

  /** Shows at least a page, or back to where reading stopped. @param unread messages not seen yet */
  async open(conversationId: string, unread: number): Promise<void> {
    const wanted = Math.min(OPENED_MAX, Math.max(PAGE, unread + PAGE / 2))
    for (let pages = 0; pages <= OPENED_MAX / PAGE + 1; pages++) {
      const shown = this.#deps.replica.state.windows.get(conversationId)?.messages.length ?? 0
      if (this.reachedStart(conversationId) || shown >= wanted) return
      if (!(await this.older(conversationId))) return
    }
  }

  /** Shows a page more. Never throws. @returns whether it went well */
  older(conversationId: string): Promise<boolean> {
    const running = this.#loading.get(conversationId)
    if (running) return running
    if (this.reachedStart(conversationId)) return Promise.resolve(true)
    const loading = this.#loadOlder(conversationId).finally(() => {
      this.#loading.delete(conversationId)
      this.#touch(conversationId)
    })
    this.#loading.set(conversationId, loading)
    this.#failures.delete(conversationId)
    this.#touch(conversationId)
    return loading
  }

  async #loadOlder(conversationId: string): Promise<boolean> {
    try {
      if (await this.#revealKept(conversationId)) return true
      await this.#deps.fetchPage(conversationId)
      await this.#revealKept(conversationId)
      return true
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      this.#failures.set(conversationId, error.message)
      return false
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
      return true
    }
  }

  #touch(conversationId: string): void {
    this.#deps.replica.topics.touch(`conversation:${conversationId}`)
  }
}
