import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { MarkRecord } from './conversation.ts'

/** How far each participant is, to the others. */
export const presentParticipantMarks = (
  marks: readonly MarkRecord[],
): RouteResponse<Routes['listMarks']> => ({
  marks: marks.map(({ memberId, delivered, deliveredAt, seen, seenAt }) => ({
    memberId,
    delivered,
    deliveredAt: deliveredAt || null,
    seen,
    seenAt: seenAt || null,
  })),
})
