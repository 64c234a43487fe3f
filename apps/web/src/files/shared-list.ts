import type { ConversationView, ParleyClient } from '@parley/client/client-api'
import type { File as SharedFile } from '@parley/contracts/files/file'
import { useConversation } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useMemo, useSyncExternalStore } from 'react'
import { useLoadedLists } from './viewer-host.tsx'

export type SharedKind = 'media' | 'documents' | 'voice'

/** A file with the message that carries it. */
export interface SharedItem {
  readonly messageId: string
  /** null while it waits to be sent. */
  readonly number: number | null
  readonly senderId: string
  readonly sentAt: number
  readonly file: SharedFile
}

const kindsOf: Readonly<Record<SharedKind, readonly SharedFile['kind'][]>> = {
  media: ['picture', 'video'],
  documents: ['document', 'audio'],
  voice: ['voice'],
}

interface Loaded {
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
      const shown = page.items.filter(
        ({ messageId }) => !this.#client.isHidden(this.#conversationId, messageId),
      )
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

/** What the open chat holds: newer than any page, and the truth of what was deleted meanwhile. */
function itemsIn(view: ConversationView | null, which: SharedKind): SharedItem[] {
  const kinds = kindsOf[which]
  const items: SharedItem[] = []
  for (const { id, number, senderId, sentAt, files } of view?.messages ?? [])
    for (const file of files)
      if (kinds.includes(file.kind) && !file.gone)
        items.push({ messageId: id, number, senderId, sentAt, file })
  return items
}

/** Pages and the open chat as one list, newest first; files of one message in their own order. */
function merged(
  view: ConversationView | null,
  which: SharedKind,
  pages: readonly SharedItem[],
): SharedItem[] {
  const here = itemsIn(view, which)
  const numbers = (view?.messages ?? []).flatMap(({ number }) => (number === null ? [] : [number]))
  const [from, to] = [numbers[0] ?? Infinity, numbers.at(-1) ?? -Infinity]
  const elsewhere = pages.filter(({ number }) => number !== null && (number < from || number > to))
  const all = [...elsewhere, ...here]
  const place = new Map(all.map((item, index) => [item, index]))
  return all.sort(
    (a, b) =>
      (b.number ?? Infinity) - (a.number ?? Infinity) ||
      b.sentAt - a.sentAt ||
      (place.get(a) ?? 0) - (place.get(b) ?? 0),
  )
}

/** The files of a conversation, newest first: at once what is on the device, then page by page what the server has. */
export function useSharedList(conversationId: string, which: SharedKind) {
  const client = useClient()
  const lists = useLoadedLists()
  const view = useConversation(conversationId)
  const list = useMemo(() => {
    const held = lists.get(which) ?? new SharedList(client, conversationId, which)
    lists.set(which, held)
    return held
  }, [lists, client, conversationId, which])
  const loaded = useSyncExternalStore(list.subscribe, list.loaded)
  const items = useMemo(() => merged(view, which, loaded.items), [view, which, loaded.items])
  return { items, load: list.load, ...pick(loaded) }
}

const pick = ({ reachedStart, loading, failed }: Loaded) => ({ reachedStart, loading, failed })
