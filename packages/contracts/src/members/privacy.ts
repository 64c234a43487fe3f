import type { Communication } from '../communication/communication.ts'
import type { Privacy } from './member.ts'

/** Until a member hides something. */
export const NOTHING_HIDDEN: Privacy = { appearOffline: false, hideLastSeen: false, hideSeen: false }

type Rules = Pick<Communication, 'appearingOffline' | 'lastSeenHiding' | 'seenMarks'>

/** What may be hidden at all. */
export const mayHide = (rules: Rules): Privacy => ({
  appearOffline: rules.appearingOffline,
  hideLastSeen: rules.lastSeenHiding,
  hideSeen: rules.seenMarks === 'optional',
})

/** What a member hides just now: what they want to, where the rules allow it. Who appears offline has not been here either. */
export function hiddenOf(privacy: Privacy, rules: Rules): Privacy {
  const may = mayHide(rules)
  return {
    appearOffline: privacy.appearOffline && may.appearOffline,
    hideLastSeen: privacy.hideLastSeen && may.hideLastSeen,
    hideSeen: privacy.hideSeen && may.hideSeen,
  }
}
