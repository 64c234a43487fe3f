import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { MarkRecord } from './conversation.ts'

/**
 * How far each participant is, as one of them may know it.
 * @param viewer who asks
 * @param hides whether they keep to themselves what they have read, and so do not learn it of others
 */
export const presentParticipantMarks = (
  marks: readonly MarkRecord[],
  viewer: { readonly memberId: string; readonly hides: boolean },
): RouteResponse<Routes['listMarks']> => ({
  marks: marks.map((mark) => {
    const own = mark.memberId === viewer.memberId
    const seen = own ? mark.seen : viewer.hides ? 0 : mark.shown
    return {
      memberId: mark.memberId,
      delivered: mark.delivered,
      deliveredAt: mark.deliveredAt || null,
      seen,
      seenAt: (seen === mark.seen && mark.seenAt) || null,
    }
  }),
})
