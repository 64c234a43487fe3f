import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { Actor } from '../../kernel/actor.ts'
import { withoutExpired } from '../messages/without-expired.ts'
import { catchUp, load, loadAudience, type CaughtUp, type SyncRead } from './catch-up.ts'

interface AskedAt {
  readonly actor: Actor
  /** What has disappeared by then is not told any more. */
  readonly serverTime: number
}

type Answer<N extends 'load' | 'catchUp' | 'loadAudience'> = Promise<RouteResponse<Routes[N]>>

/** What was missed, as of a moment, which it says. */
export const asOf = (caughtUp: CaughtUp, serverTime: number): Awaited<Answer<'catchUp'>> =>
  caughtUp.outcome === 'changes'
    ? { ...caughtUp, changes: withoutExpired(caughtUp.changes, serverTime), serverTime }
    : caughtUp

/** What may take long of syncing, by name, as the contract has it. */
export const syncReads = {
  load: async (read: SyncRead, { actor, serverTime }: AskedAt): Answer<'load'> => {
    const loaded = await load(read, actor)
    return { ...loaded, changes: withoutExpired(loaded.changes, serverTime), serverTime }
  },
  catchUp: async (
    read: SyncRead,
    { actor, since, limit, serverTime }: AskedAt & { readonly since: number; readonly limit: number },
  ): Answer<'catchUp'> => {
    const caughtUp = await catchUp(read, actor, since, limit)
    return asOf(caughtUp, serverTime)
  },
  loadAudience: async (
    read: SyncRead,
    { actor, audience, serverTime }: AskedAt & { readonly audience: string },
  ): Answer<'loadAudience'> => {
    const loaded = await loadAudience(read, actor, audience)
    return { ...loaded, changes: withoutExpired(loaded.changes, serverTime) }
  },
}
