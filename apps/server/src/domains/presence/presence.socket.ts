import type { Clock } from '../../kernel/clock.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { EventHandlers } from '../../platform/realtime/mount-events.ts'
import type { Connection, Realtime } from '../../platform/realtime/realtime.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { PresenceRegister } from './presence-register.ts'
import type { LastSeenLog } from './record-last-seen.ts'
import { createPresenceTelling } from './tell-presence.ts'

interface Deps {
  readonly register: PresenceRegister
  readonly lastSeen: LastSeenLog
  readonly read: { readonly members: MemberReader; readonly organisations: OrganisationReader }
  readonly realtime: Pick<Realtime, 'toConnections'>
  readonly clock: Clock
  /** Nobody is at any of the member's devices any more. */
  readonly onLeft?: (scope: OrgScope, memberId: string) => void
  readonly onFailure: (error: unknown) => void
}

export interface Presence {
  readonly events: Pick<EventHandlers, 'watchPresence' | 'setActive'>
  readonly onConnect: (connection: Connection) => void
  readonly onDisconnect: (connection: Pick<Connection, 'id'>) => void
  /** What this member hides may have changed; left out, what everybody may hide. */
  onHiding(scope: OrgScope, memberId?: string): void
  /** Resolves when all that has happened so far is told. */
  settled(): Promise<void>
}

/** How long after their last connection closed a member still counts as online to others, in ms: a reload is told to nobody. */
const CLOSED_FOR = 2_000
/** As long after they turned to something else, or left the device: devices say so at once, since their timers may stand still. */
const LEFT_FOR = 60_000

/** Presence as connections come and go. */
export function createPresence(deps: Deps): Presence {
  const { register, read, realtime, clock, onLeft } = deps
  // an event may still be at work when its connection has gone; what it says of it would never be undone
  const here = new Map<string, Connection>()
  const devicesOf = new Map<string, number>()
  // members who have left and are still told as online
  const leaving = new Map<string, NodeJS.Timeout>()
  const telling = createPresenceTelling({
    ...deps,
    isOnline: (memberId) => register.isOnline(memberId) || leaving.has(memberId),
    watching: (memberId) => [...register.watchersOf(memberId)].flatMap((id) => here.get(id) ?? []),
    send: (ids, state) => realtime.toConnections(ids, 'presence', state),
  })
  const arrive = (connectionId: string, scope: OrgScope, memberId: string) => {
    if (!register.activate(connectionId, scope, memberId)) return
    clearTimeout(leaving.get(memberId))
    if (!leaving.delete(memberId)) telling.tell(scope, memberId)
  }
  const tellGone = (scope: OrgScope, memberId: string, after: number) => {
    clearTimeout(leaving.get(memberId))
    const tell = () => {
      leaving.delete(memberId)
      telling.tell(scope, memberId)
    }
    leaving.set(memberId, setTimeout(tell, after).unref())
  }
  const leave = (connectionId: string, after: number) => {
    const gone = register.deactivate(connectionId)
    if (!gone) return
    onLeft?.(gone.scope, gone.memberId)
    telling.noteLeft(gone.scope, gone.memberId, clock.now())
    tellGone(gone.scope, gone.memberId, after)
  }
  const events: Presence['events'] = {
    watchPresence: async ({ actor: { scope, memberId: viewerId }, payload, connectionId }) => {
      const known: string[] = []
      for (const memberId of payload.memberIds) {
        if (await read.members.get(scope, memberId)) known.push(memberId)
      }
      if (here.has(connectionId)) register.watch(connectionId, known)
      return { members: await telling.ask(scope, viewerId, known) }
    },
    setActive: ({ actor, payload, connectionId }) => {
      if (!payload.active) leave(connectionId, LEFT_FOR)
      else if (here.has(connectionId)) arrive(connectionId, actor.scope, actor.memberId)
      return Promise.resolve(undefined)
    },
  }
  return {
    events,
    onConnect(connection) {
      here.set(connection.id, connection)
      devicesOf.set(connection.memberId, (devicesOf.get(connection.memberId) ?? 0) + 1)
      arrive(connection.id, connection.scope, connection.memberId)
    },
    onDisconnect({ id }) {
      const gone = here.get(id)
      here.delete(id)
      register.watch(id, [])
      leave(id, CLOSED_FOR)
      if (!gone) return
      const { scope, memberId } = gone
      const left = (devicesOf.get(memberId) ?? 1) - 1
      if (left > 0) devicesOf.set(memberId, left)
      else devicesOf.delete(memberId)
      // who turned away a moment ago and has no device left is gone
      if (left === 0 && leaving.has(memberId)) tellGone(scope, memberId, CLOSED_FOR)
    },
    onHiding(scope, memberId) {
      if (memberId !== undefined) {
        telling.tell(scope, memberId)
        return
      }
      const inScope = [...here.values()].filter((connection) => connection.scope === scope)
      for (const one of new Set(inScope.flatMap(({ id }) => register.watchedBy(id)))) telling.tell(scope, one)
    },
    settled: () => telling.settled(),
  }
}
