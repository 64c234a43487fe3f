import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'

type ParticipantMark = RouteResponse<Routes['listMarks']>['marks'][number]

export interface Receipt {
  readonly memberId: string
  /** ms since 1970; null while it has not come about. */
  readonly at: number | null
  /** It came about then or before: the mark has risen past this message in one go, or since. */
  readonly atTheLatest: boolean
}

export interface Receipts {
  readonly seen: readonly Receipt[]
  readonly delivered: readonly Receipt[]
  readonly waiting: readonly Receipt[]
}

/** Who has seen a message, who has only received it, and who has not; the latest first. */
export function receiptsOf(marks: readonly ParticipantMark[], number: number, senderId: string): Receipts {
  const seen: Receipt[] = []
  const delivered: Receipt[] = []
  const waiting: Receipt[] = []
  for (const mark of marks) {
    const { memberId } = mark
    if (memberId === senderId) continue
    if (mark.seen >= number) seen.push({ memberId, at: mark.seenAt, atTheLatest: mark.seen > number })
    else if (mark.delivered >= number)
      delivered.push({ memberId, at: mark.deliveredAt, atTheLatest: mark.delivered > number })
    else waiting.push({ memberId, at: null, atTheLatest: false })
  }
  const latestFirst = (a: Receipt, b: Receipt) => (b.at ?? 0) - (a.at ?? 0)
  return { seen: seen.sort(latestFirst), delivered: delivered.sort(latestFirst), waiting }
}
