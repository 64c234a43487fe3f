import type { Broadcast } from '../dispatch-changes.ts'
import type { Realtime } from './realtime.ts'

/** Changes as `changes` frames: one per audience and commit, encoded once. */
export const broadcastChanges =
  (realtime: Pick<Realtime, 'toMembers'>): Broadcast =>
  (memberIds, changes, exceptConnection) =>
    realtime.toMembers(memberIds, 'changes', [...changes], { exceptConnection })
