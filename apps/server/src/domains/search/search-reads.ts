import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { Actor } from '../../kernel/actor.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { presentSearchHit } from './present-search-hit.ts'
import { searchMessages, type Asked, type SearchRead } from './search-messages.ts'
import { takeInMessages, type TakenIn, type TakeInRead } from './take-in-messages.ts'

/** What runs beside the index, by name: searching, and the index's own work, in turn. */
export const searchReads = {
  search: async (
    read: SearchRead,
    { actor, asked, now }: { readonly actor: Actor; readonly asked: Asked; readonly now: number },
  ): Promise<RouteResponse<Routes['searchMessages']>> => {
    const { query, messages, cursor, complete } = await searchMessages(read, actor, asked, now)
    return { hits: messages.map((message) => presentSearchHit(message, query)), cursor, complete }
  },
  takeIn: (read: TakeInRead, { scope }: { readonly scope: OrgScope }): Promise<TakenIn> =>
    takeInMessages(read, scope),
}
