import type { Clock } from '../../kernel/clock.ts'
import type { LongReads } from '../../kernel/long-reads.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { catchUpIfBrief, type SyncRead } from './catch-up.ts'
import { asOf, type syncReads } from './sync-reads.ts'

interface Deps {
  readonly read: SyncRead
  readonly longReads: LongReads<typeof syncReads>
  readonly clock: Clock
}

type Handled = 'load' | 'catchUp' | 'loadAudience'

export const syncRoutes = ({ read, longReads, clock }: Deps): Pick<RouteHandlers, Handled> => ({
  load: ({ actor, encoding }) => longReads.answer('load', { actor, serverTime: clock.now() }, encoding),
  catchUp: async ({ actor, query: { since, limit }, encoding }) => {
    // most have missed little, and are answered from memory
    const brief = longReads.elsewhere ? await catchUpIfBrief(read, actor, since, limit) : null
    if (!brief) return longReads.answer('catchUp', { actor, since, limit, serverTime: clock.now() }, encoding)
    return asOf(brief, clock.now())
  },
  loadAudience: ({ actor, query: { audience }, encoding }) =>
    longReads.answer('loadAudience', { actor, audience, serverTime: clock.now() }, encoding),
})
