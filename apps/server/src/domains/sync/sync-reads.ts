import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { Actor } from '../../kernel/actor.ts'
import { catchUp, load, loadAudience, type SyncRead } from './catch-up.ts'

interface Asked {
  readonly actor: Actor
}

interface AskedAt extends Asked {
  /** As the answer gives it. */
  readonly serverTime: number
}

type Answer<N extends 'load' | 'catchUp' | 'loadAudience'> = Promise<RouteResponse<Routes[N]>>

/** What may take long of syncing, by name, as the contract has it. */
export const syncReads = {
  load: async (read: SyncRead, { actor, serverTime }: AskedAt): Answer<'load'> => ({
    ...(await load(read, actor)),
    serverTime,
  }),
  catchUp: async (
    read: SyncRead,
    { actor, since, limit, serverTime }: AskedAt & { readonly since: number; readonly limit: number },
  ): Answer<'catchUp'> => {
    const caughtUp = await catchUp(read, actor, since, limit)
    return caughtUp.outcome === 'changes' ? { ...caughtUp, serverTime } : caughtUp
  },
  loadAudience: (
    read: SyncRead,
    { actor, audience }: Asked & { readonly audience: string },
  ): Answer<'loadAudience'> => loadAudience(read, actor, audience),
}
