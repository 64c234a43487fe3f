import type { ConversationView } from '@parley/client/client-api'
import { useConversation } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useMemo, useSyncExternalStore } from 'react'
import { SharedList, type Loaded, type SharedItem, type SharedKind } from './shared-list.ts'
import { useLoadedLists } from './viewing.ts'

const kindsOf: Readonly<Record<SharedKind, readonly SharedItem['file']['kind'][]>> = {
  media: ['picture', 'video'],
  documents: ['document', 'audio'],
  voice: ['voice'],
}

/** What the open chat holds: newer than any page, and the truth of what was deleted meanwhile. */
function itemsIn(view: ConversationView | null, which: SharedKind): SharedItem[] {
  const kinds = kindsOf[which]
  const items: SharedItem[] = []
  for (const { id, number, senderId, imported, sentAt, files } of view?.messages ?? [])
    for (const file of files)
      if (kinds.includes(file.kind) && !file.gone)
        items.push({ messageId: id, number, senderId, author: imported?.author ?? null, sentAt, file })
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
  const purged = view?.purged ?? []
  const isGone = (number: number) => purged.some((range) => number >= range.from && number <= range.to)
  const elsewhere = pages.filter(
    ({ number }) => number !== null && (number < from || number > to) && !isGone(number),
  )
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
