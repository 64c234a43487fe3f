import type { Actor } from './actor.ts'
import { DomainError } from './domain-error.ts'

/** Lets a few at a time in for each of many keys, in order. */
export interface KeyedTurns {
  /**
   * Waits for a turn.
   * @returns ends it; idempotent
   * @throws DomainError overloaded when too many wait already
   */
  take(key: string): Promise<() => void>
}

interface Line {
  running: number
  readonly waiting: (() => void)[]
}

/**
 * @param atOnce how many of one key at the same time
 * @param waitingMax how many of one key may wait; one more is refused
 */
export function createKeyedTurns(atOnce: number, waitingMax: number): KeyedTurns {
  const lines = new Map<string, Line>()
  const end = (key: string, line: Line) => {
    const next = line.waiting.shift()
    if (next) next()
    else if ((line.running -= 1) === 0) lines.delete(key)
  }
  return {
    async take(key) {
      const line = lines.get(key) ?? { running: 0, waiting: [] }
      lines.set(key, line)
      if (line.running < atOnce) line.running += 1
      else if (line.waiting.length >= waitingMax) throw new DomainError('overloaded', { retryAfter: 2 })
      else await new Promise<void>((resolve) => line.waiting.push(resolve))
      let ended = false
      return () => {
        if (!ended) end(key, line)
        ended = true
      }
    },
  }
}

/** Lets in by member and by organisation: whoever asks for much waits behind themselves, and so does their organisation. */
export interface FairTurns {
  /**
   * Waits for a turn of the member, and then for one of the organisation.
   * @returns ends both; idempotent
   * @throws DomainError overloaded when too many wait already
   */
  take(actor: Pick<Actor, 'scope' | 'memberId'>): Promise<() => void>
}

/** @param turns of one member, and of one organisation */
export function createFairTurns(turns: {
  readonly member: KeyedTurns
  readonly organisation: KeyedTurns
}): FairTurns {
  return {
    async take({ scope, memberId }) {
      const endMine = await turns.member.take(memberId)
      try {
        const endOurs = await turns.organisation.take(scope)
        return () => {
          endMine()
          endOurs()
        }
      } catch (error) {
        endMine()
        throw error
      }
    },
  }
}
