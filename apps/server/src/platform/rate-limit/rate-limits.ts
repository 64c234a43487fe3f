import type { RateLimitName } from '@parley/contracts/kernel/route'
import { DomainError } from '../../kernel/domain-error.ts'
import { createTokenBuckets, type Allowance, type TokenBuckets } from './token-buckets.ts'

/** Beside the contracts' names: `signal` for light socket events, `frame` for everything one socket sends, `connect` for handshakes, `invited` for the people of lists, `mail` for invitations and password resets by mail. */
export type LimitName = RateLimitName | 'signal' | 'frame' | 'connect' | 'invited' | 'mail'

/** By what a limit counts: the signed-in member, the caller's address, the account that is tried (in all, or from one address), one socket, an organisation, whom a mail goes to. */
export type LimitSubject =
  'member' | 'address' | 'account' | 'account-from-address' | 'socket' | 'organisation' | 'recipient'

const perMinute = (count: number) => count / 60
const perHour = (count: number) => count / 3600

/**
 * A10 in figures. Addresses get more than members, because an office of hundreds may share one. An account can be tried seldom
 * from one address and a little more from all together, so that one stranger who guesses does not lock its owner out.
 */
export const rateLimitTable: Readonly<Record<LimitName, Partial<Readonly<Record<LimitSubject, Allowance>>>>> =
  {
    'sign-in': {
      account: { burst: 50, perSecond: perMinute(20) },
      'account-from-address': { burst: 10, perSecond: perMinute(4) },
      address: { burst: 60, perSecond: 1 },
      member: { burst: 10, perSecond: perMinute(4) },
    },
    'sign-up': {
      address: { burst: 10, perSecond: perMinute(1) },
      // at sign-in the password is compared with every membership of an e-mail, so joining counts as well
      account: { burst: 5, perSecond: perHour(1) },
    },
    token: { address: { burst: 600, perSecond: 20 }, member: { burst: 30, perSecond: 1 } },
    invite: { member: { burst: 100, perSecond: perMinute(20) }, address: { burst: 60, perSecond: 1 } },
    // a staff of a thousand at once
    invited: { member: { burst: 1_000, perSecond: perMinute(20) } },
    message: { member: { burst: 200, perSecond: 20 } },
    upload: { member: { burst: 20, perSecond: perMinute(20) } },
    // thirty pictures with one message are sixty calls, and a few messages may follow each other
    file: { member: { burst: 300, perSecond: 1 } },
    // a page of previews, a video that is sought in, the parts of a resumed upload
    transfer: { member: { burst: 600, perSecond: 60 } },
    load: { member: { burst: 30, perSecond: 0.5 } },
    // as somebody types, a few each second
    search: { member: { burst: 60, perSecond: 5 }, address: { burst: 200, perSecond: 20 } },
    read: { member: { burst: 300, perSecond: 50 }, address: { burst: 300, perSecond: 20 } },
    write: { member: { burst: 100, perSecond: 10 }, address: { burst: 60, perSecond: 1 } },
    signal: { member: { burst: 200, perSecond: 40 } },
    frame: { socket: { burst: 400, perSecond: 100 } },
    // the whole staff at once, but no more: strangers could use our mail to write to strangers
    mail: {
      organisation: { burst: 200, perSecond: perHour(60) },
      recipient: { burst: 5, perSecond: perHour(2) },
    },
    connect: { address: { burst: 1_000, perSecond: 50 } },
  }

export interface RateLimits {
  /** @param count how many it counts for; 1 where it is left out @throws DomainError rate_limited with the seconds to wait */
  take(name: LimitName, subject: LimitSubject, key: string, count?: number): void
  /** Forgets who was quiet; call now and then. */
  sweep(): void
}

/** For tests and measurements. */
export const noRateLimits: RateLimits = { take: () => {}, sweep: () => {} }

/**
 * One mechanism for HTTP and sockets, in memory.
 * @param now milliseconds by a clock that never goes back
 */
export function createRateLimits(
  now: () => number = () => performance.now(),
  table = rateLimitTable,
): RateLimits {
  const buckets: Partial<Record<LimitName, Partial<Record<LimitSubject, TokenBuckets>>>> = {}
  for (const name of Object.keys(table) as LimitName[]) {
    const subjects = Object.entries(table[name]) as [LimitSubject, Allowance][]
    const made = subjects.map(
      ([subject, allowance]) => [subject, createTokenBuckets(allowance, now)] as const,
    )
    buckets[name] = Object.fromEntries(made)
  }
  return {
    take(name, subject, key, count = 1) {
      const wait = buckets[name]?.[subject]?.take(key, count) ?? 0
      if (wait > 0) throw new DomainError('rate_limited', { retryAfter: Math.ceil(wait * 10) / 10 })
    },
    sweep() {
      for (const subjects of Object.values(buckets)) for (const one of Object.values(subjects)) one.sweep()
    },
  }
}
