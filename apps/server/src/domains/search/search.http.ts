import type { Clock } from '../../kernel/clock.ts'
import type { LongReads } from '../../kernel/long-reads.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { searchReads } from './search-reads.ts'

interface Deps {
  readonly clock: Clock
  readonly searching: LongReads<typeof searchReads>
}

export const searchRoutes = ({ searching, clock }: Deps): Pick<RouteHandlers, 'searchMessages'> => ({
  searchMessages: ({ actor, body, encoding }) =>
    searching.answer('search', { actor, asked: body, now: clock.now() }, encoding),
})
