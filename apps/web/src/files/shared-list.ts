import type { ParleyClient } from '@parley/client/client-api'
import type { File as SharedFile } from '@parley/contracts/files/file'

export type SharedKind = 'media' | 'documents' | 'voice'

/** A file with the message that carries it. */
export interface SharedItem {
  readonly messageId: string
  /** null while it waits to be sent. */
  readonly number: number | null
  readonly senderId: string
  /** Where it was written elsewhere, by somebody who is no member. */
  readonly author: string | null
  readonly sentAt: number
  readonly file: SharedFile
}

/** How far it is loaded. */
export interface Loaded {
  /** Newest first. */
  readonly items: readonly SharedItem[]
  readonly reachedStart: boolean
  readonly loading: boolean
  readonly failed: boolean
}

/** Pages of a conversation's files, as the server has them. */
export class SharedList {
  /** Where the next page begins. */
  #before: number | null = null
  #loaded: Loaded = { items: [], reachedStart: false, loading: false, failed: false }
  readonly #client: ParleyClient
  readonly #conversationId: string
  readonly #which: SharedKind
  readonly #listeners = new Set<() => void>()

  constructor(client: ParleyClient, conversationId: string, which: SharedKind) {
    this.#client = client
    this.#conversationId = conversationId
    this.#which = which
  }

  loaded = (): Loaded => this.#loaded

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The next page of older ones. Never throws: what failed is said, and may be asked for again. */
  load = async (): Promise<void> => {
    const { items, loading, reachedStart } = this.#loaded
    if (loading || reachedStart) return
    this.#set({ loading: true, failed: false })
    const before = this.#before
    try {
      const page = await this.#client.call('listConversationFiles', {
        params: { conversationId: this.#conversationId },
        query: { which: this.#which, ...(before ? { before } : {}) },
      })
      this.#before = page.items.at(-1)?.number ?? this.#before
      const shown = page.items
        .filter(({ messageId }) => !this.#client.isHidden(this.#conversationId, messageId))
        .map((item) => ({ ...item, author: item.author ?? null }))
      this.#set({ items: [...items, ...shown], reachedStart: page.reachedStart, loading: false })
    } catch {
      this.#set({ loading: false, failed: true })
    }
  }

  #set(patch: Partial<Loaded>): void {
    this.#loaded = { ...this.#loaded, ...patch }
    for (const listener of this.#listeners) listener()
  }
}
