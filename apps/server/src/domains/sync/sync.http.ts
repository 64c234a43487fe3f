import type { Clock } from '../../kernel/clock.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { catchUp, load, loadAudience, type SyncRead } from './catch-up.ts'

interface Deps {
  readonly read: SyncRead
  readonly clock: Clock
}

type Handled = 'load' | 'catchUp' | 'loadAudience'

export const syncRoutes = ({ read, clock }: Deps): Pick<RouteHandlers, Handled> => ({
  load: async ({ actor }) => ({ ...(await load(read, actor)), serverTime: clock.now() }),
  catchUp: async ({ actor, query }) => {
    const caughtUp = await catchUp(read, actor, query.since, query.limit)
    return caughtUp.outcome === 'changes' ? { ...caughtUp, serverTime: clock.now() } : caughtUp
  },
  loadAudience: ({ actor, query }) => loadAudience(read, actor, query.audience),
})
