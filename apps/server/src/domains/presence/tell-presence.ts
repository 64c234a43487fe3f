import { hiddenOf, NOTHING_HIDDEN } from '@parley/contracts/members/privacy'
import type { Privacy } from '@parley/contracts/members/member'
import type { PresenceState } from '@parley/contracts/presence/events'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { communicationOf } from '../communication/communication.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { presentPresence, type PresenceRecord } from './present-presence.ts'
import type { LastSeenLog } from './record-last-seen.ts'

interface Deps {
  readonly lastSeen: LastSeenLog
  readonly read: { readonly members: MemberReader; readonly organisations: OrganisationReader }
  /** Whether somebody is at one of the member's devices, or was a moment ago. */
  readonly isOnline: (memberId: string) => boolean
  /** The connections that want to hear of a member, with whose they are. */
  readonly watching: (memberId: string) => readonly { readonly id: string; readonly memberId: string }[]
  readonly send: (connectionIds: readonly string[], state: PresenceState) => void
  readonly onFailure: (error: unknown) => void
}

/** Says who is here and when they were, to each as much as they may know. */
export interface PresenceTelling {
  /** Tells those who watch a member, after all that was to be told before. */
  tell(scope: OrgScope, memberId: string): void
  /** Notes that a member has left. */
  noteLeft(scope: OrgScope, memberId: string, at: number): void
  /** What one member may know of others, now. */
  ask(scope: OrgScope, viewerId: string, memberIds: readonly string[]): Promise<PresenceState[]>
  settled(): Promise<void>
}

export function createPresenceTelling(deps: Deps): PresenceTelling {
  const { lastSeen, read, isOnline, watching, send, onFailure } = deps
  // one after another, so that nobody hears of a going after the coming that followed it
  let telling = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    telling = telling.then(work).catch(onFailure)
  }
  const hidingOf = async (scope: OrgScope, memberId: string): Promise<Privacy> => {
    const member = await read.members.get(scope, memberId)
    return hiddenOf(member?.privacy ?? NOTHING_HIDDEN, await communicationOf(read.organisations, scope))
  }
  const recordsOf = async (scope: OrgScope, memberIds: readonly string[]): Promise<PresenceRecord[]> => {
    const stored = await read.members.lastSeen(scope, memberIds)
    const records: PresenceRecord[] = []
    for (const memberId of memberIds) {
      const lastSeenAt = lastSeen.pending(scope, memberId) ?? stored.get(memberId)
      const hides = await hidingOf(scope, memberId)
      records.push({ memberId, online: isOnline(memberId), lastSeenAt, hides })
    }
    return records
  }
  const tellWatchers = async (scope: OrgScope, memberId: string) => {
    const viewers = watching(memberId)
    const [record] = viewers.length === 0 ? [] : await recordsOf(scope, [memberId])
    if (!record) return
    const told = new Map<string, { readonly state: PresenceState; readonly ids: string[] }>()
    for (const { id, memberId: viewerId } of viewers) {
      const state = presentPresence(record, await hidingOf(scope, viewerId))
      const key = JSON.stringify(state)
      const same = told.get(key)
      if (same) same.ids.push(id)
      else told.set(key, { state, ids: [id] })
    }
    for (const { state, ids } of told.values()) send(ids, state)
  }
  return {
    tell: (scope, memberId) => inTurn(() => tellWatchers(scope, memberId)),
    noteLeft: (scope, memberId, at) =>
      inTurn(async () => {
        // who appears offline has not been here, as far as anybody can see later
        if (!(await hidingOf(scope, memberId)).appearOffline) lastSeen.note(scope, memberId, at)
      }),
    async ask(scope, viewerId, memberIds) {
      await telling
      const viewerHides = await hidingOf(scope, viewerId)
      return (await recordsOf(scope, memberIds)).map((record) => presentPresence(record, viewerHides))
    },
    settled: () => telling,
  }
}
