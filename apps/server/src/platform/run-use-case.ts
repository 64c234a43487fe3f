import { DomainError } from '../kernel/domain-error.ts'
import type { RunUseCase, Transactions } from '../kernel/transactions.ts'
import type { Dispatcher } from './dispatch-changes.ts'

/** Bounds the writes under way, and what of them waits to be told, ahead of storage, so that a busy server says so at once instead of queueing without end. */
export interface Admission {
  /**
   * @param behind milliseconds by which telling what was written before is late
   * @throws DomainError overloaded, shutting_down
   */
  enter(behind: number): void
  leave(): void
  /** Writes under way. */
  inFlight(): number
  /** From now on nothing new is let in. */
  close(): void
}

interface AdmissionLimits {
  readonly maxInFlight: number
  /** A number from 0 to 1; spreads the second attempts of many clients. */
  readonly random?: () => number
}

/** With 512 under way at 13,000 a second the last one waits about 40 ms, at a twentieth of that speed under a second. */
const MAX_IN_FLIGHT = 512
/** Telling may be late by so many milliseconds before nothing more is written: what waits to be told stays in memory. */
const MAX_BEHIND = 1_000

export function createAdmission(limits: Partial<AdmissionLimits> = {}): Admission {
  const { maxInFlight = MAX_IN_FLIGHT, random = Math.random } = limits
  let inFlight = 0
  let closed = false
  return {
    enter(behind) {
      if (closed) throw new DomainError('shutting_down', { retryAfter: 2 })
      if (inFlight >= maxInFlight || behind > MAX_BEHIND) {
        throw new DomainError('overloaded', { retryAfter: Math.round(10 + random() * 20) / 10 })
      }
      inFlight += 1
    },
    leave() {
      inFlight -= 1
    },
    inFlight: () => inFlight,
    close() {
      closed = true
    },
  }
}

interface Deps<Tx> {
  readonly transactions: Transactions<Tx>
  readonly dispatcher: Pick<Dispatcher, 'dispatch' | 'behind'>
  readonly admission: Admission
}

/** The one way a write runs: let in, done in a transaction, and its changes handed on in commit order. */
export function createRunUseCase<Tx>({ transactions, dispatcher, admission }: Deps<Tx>): RunUseCase<Tx> {
  return async (scope, work, options) => {
    admission.enter(dispatcher.behind(scope))
    try {
      const { result, changes } = await transactions.run(scope, work)
      if (changes.length > 0) dispatcher.dispatch(scope, changes, options?.origin)
      return result
    } finally {
      admission.leave()
    }
  }
}
