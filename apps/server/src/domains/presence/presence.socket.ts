import type { Clock } from '../../kernel/clock.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { EventHandlers } from '../../platform/realtime/mount-events.ts'
import type { Connection, Realtime } from '../../platform/realtime/realtime.ts'
import type { MemberReader } from '../members/member-store.ts'
import { presentPresence, type PresenceRegister } from './presence-register.ts'
import type { LastSeenLog } from './record-last-seen.ts'

interface Deps {
  readonly register: PresenceRegister
  readonly lastSeen: LastSeenLog
  readonly read: { readonly members: MemberReader }
  readonly realtime: Pick<Realtime, 'toConnections'>
  readonly clock: Clock
  /** Nobody is at any of the member's devices any more. */
  readonly onLeft?: (scope: OrgScope, memberId: string) => void
}

/** How long after their last connection closed a member counts as gone, in ms. */
const TOLD_AFTER = 2_000

/** Presence as connections come and go. */
export function createPresence({ register, lastSeen, read, realtime, clock, onLeft }: Deps) {
  const tellWatchers = (scope: OrgScope, memberId: string, online: boolean) => {
    const state = presentPresence(memberId, online, clock.now())
    realtime.toConnections([...register.watchersOf(memberId)], 'presence', state)
  }
  // an event may still be at work when its connection has gone; what it says of it would never be undone
  const here = new Set<string>()
  // leaving is told after a moment, so that a reload, or somebody who keeps switching, is told to nobody
  const leaving = new Map<string, NodeJS.Timeout>()
  const arrive = (connectionId: string, scope: OrgScope, memberId: string) => {
    if (!register.activate(connectionId, scope, memberId)) return
    const timer = leaving.get(memberId)
    clearTimeout(timer)
    if (!leaving.delete(memberId)) tellWatchers(scope, memberId, true)
  }
  const leave = (connectionId: string) => {
    const gone = register.deactivate(connectionId)
    if (!gone) return
    onLeft?.(gone.scope, gone.memberId)
    lastSeen.note(gone.scope, gone.memberId, clock.now())
    const tell = () => {
      leaving.delete(gone.memberId)
      tellWatchers(gone.scope, gone.memberId, false)
    }
    leaving.set(gone.memberId, setTimeout(tell, TOLD_AFTER).unref())
  }
  const events: Pick<EventHandlers, 'watchPresence' | 'setActive'> = {
    watchPresence: async ({ actor, payload, connectionId }) => {
      const known: string[] = []
      for (const memberId of payload.memberIds) {
        if (await read.members.get(actor.scope, memberId)) known.push(memberId)
      }
      if (here.has(connectionId)) register.watch(connectionId, known)
      const stored = await read.members.lastSeen(actor.scope, known)
      const members = known.map((memberId) => {
        const at = lastSeen.pending(actor.scope, memberId) ?? stored.get(memberId)
        return presentPresence(memberId, register.isOnline(memberId), at)
      })
      return { members }
    },
    setActive: ({ actor, payload, connectionId }) => {
      if (!payload.active) leave(connectionId)
      else if (here.has(connectionId)) arrive(connectionId, actor.scope, actor.memberId)
      return Promise.resolve(undefined)
    },
  }
  return {
    events,
    onConnect: ({ id, scope, memberId }: Connection) => {
      here.add(id)
      arrive(id, scope, memberId)
    },
    onDisconnect: ({ id }: Connection) => {
      here.delete(id)
      register.watch(id, [])
      leave(id)
    },
  }
}
