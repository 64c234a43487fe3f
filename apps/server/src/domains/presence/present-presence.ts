import type { Privacy } from '@parley/contracts/members/member'
import type { PresenceState } from '@parley/contracts/presence/events'

export interface PresenceRecord {
  readonly memberId: string
  /** Somebody is at one of their devices, or was a moment ago. */
  readonly online: boolean
  /** When they were last online, as far as they let it be noted. */
  readonly lastSeenAt: number | undefined
  /** What they hide just now. */
  readonly hides: Privacy
}

const HIDDEN = { online: false, lastSeenAt: null, hidden: true } as const

/**
 * What one member may know of another's presence. It goes both ways: who hides something does not see it of others.
 * @param viewerHides what the one who asks hides
 */
export function presentPresence(
  { memberId, online, lastSeenAt, hides }: PresenceRecord,
  viewerHides: Privacy,
): PresenceState {
  if (viewerHides.appearOffline) return { memberId, ...HIDDEN }
  const times =
    hides.hideLastSeen || viewerHides.hideLastSeen ? undefined : { lastSeenAt: lastSeenAt ?? null }
  if (online && !hides.appearOffline) return { memberId, online: true, lastSeenAt: null, ...times }
  return times ? { memberId, online: false, ...times } : { memberId, ...HIDDEN }
}
