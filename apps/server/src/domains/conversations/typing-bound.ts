import { TYPING_EXPIRES_AFTER } from '@parley/contracts/conversations/bounds'
import type { Clock } from '../../kernel/clock.ts'

/** So many typing at once are told to a group: screens name two, and count the others. */
export const TYPERS_MAX = 5
/** Groups remembered before those where nobody types any more are let go. */
const KEPT_MAX = 1_000

/** Keeps a crowd that types from costing its square: everybody's signal would go to everybody (Y10). */
export interface TypingBound {
  /** Whether the others are told of this signal. */
  admits(conversationId: string, memberId: string, typing: boolean): boolean
}

/** A bound for one process. */
export function createTypingBound(clock: Clock): TypingBound {
  /** Until when who types where, by conversation and member. */
  const typers = new Map<string, Map<string, number>>()
  const sweep = (conversationId: string) => {
    const now = clock.now()
    const typing = typers.get(conversationId)
    for (const [memberId, until] of typing ?? []) if (until <= now) typing?.delete(memberId)
    if (typing?.size === 0) typers.delete(conversationId)
  }
  return {
    admits(conversationId, memberId, typing) {
      if (typers.size > KEPT_MAX) for (const id of typers.keys()) sweep(id)
      else sweep(conversationId)
      const known = typers.get(conversationId) ?? new Map<string, number>()
      if (!typing) return known.delete(memberId)
      if (!known.has(memberId) && known.size >= TYPERS_MAX) return false
      known.set(memberId, clock.now() + TYPING_EXPIRES_AFTER)
      typers.set(conversationId, known)
      return true
    },
  }
}
