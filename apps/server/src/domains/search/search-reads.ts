import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { Actor } from '../../kernel/actor.ts'
import { presentSearchHit } from './present-search-hit.ts'
import { searchMessages, type Asked, type SearchRead } from './search-messages.ts'

/** What reads from the index, by name. */
export const searchReads = {
  search: async (
    read: SearchRead,
    { actor, asked, now }: { readonly actor: Actor; readonly asked: Asked; readonly now: number },
  ): Promise<RouteResponse<Routes['searchMessages']>> => {
    const { query, messages, cursor, complete } = await searchMessages(read, actor, asked, now)
    return { hits: messages.map((message) => presentSearchHit(message, query)), cursor, complete }
  },
}
