import type { OrgScope } from '../../kernel/org-scope.ts'

/**
 * Who is online and who wants to know, in memory only (Y10). A member is online while any of their connections is active.
 * Members are unique across organisations, so a watch of a foreign id simply never fires; ids are checked before.
 */
export interface PresenceRegister {
  /** A connection opened, or the person came back to it. @returns whether the member has just come online */
  activate(connectionId: string, scope: OrgScope, memberId: string): boolean
  /** The connection closed or the person left it. @returns whether the member has just gone offline */
  deactivate(connectionId: string): { scope: OrgScope; memberId: string } | null
  isOnline(memberId: string): boolean
  /** Replaces what a connection watches; an empty list ends it. */
  watch(connectionId: string, memberIds: readonly string[]): void
  watchersOf(memberId: string): Iterable<string>
  watchedBy(connectionId: string): readonly string[]
}

/** A register for one process. */
export function createPresenceRegister(): PresenceRegister {
  const active = new Map<string, { scope: OrgScope; memberId: string }>()
  const connections = new Map<string, Set<string>>()
  const watched = new Map<string, readonly string[]>()
  const watchers = new Map<string, Set<string>>()

  const unwatch = (connectionId: string) => {
    for (const memberId of watched.get(connectionId) ?? []) dropFrom(watchers, memberId, connectionId)
    watched.delete(connectionId)
  }
  return {
    activate(connectionId, scope, memberId) {
      const cameOnline = !connections.has(memberId)
      active.set(connectionId, { scope, memberId })
      addTo(connections, memberId, connectionId)
      return cameOnline
    },
    deactivate(connectionId) {
      const member = active.get(connectionId)
      if (!member) return null
      active.delete(connectionId)
      dropFrom(connections, member.memberId, connectionId)
      return connections.has(member.memberId) ? null : member
    },
    isOnline: (memberId) => connections.has(memberId),
    watch(connectionId, memberIds) {
      unwatch(connectionId)
      if (memberIds.length === 0) return
      watched.set(connectionId, memberIds)
      for (const memberId of memberIds) addTo(watchers, memberId, connectionId)
    },
    watchersOf: (memberId) => watchers.get(memberId) ?? [],
    watchedBy: (connectionId) => watched.get(connectionId) ?? [],
  }
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

function dropFrom(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  set?.delete(value)
  if (set?.size === 0) map.delete(key)
}
