import type { PushReason } from '@parley/contracts/notifications/push'
import type { Clock } from '../../kernel/clock.ts'

/** Which push services are given a rest, so that one that is down is not asked by everybody's pushes in turn. */
export interface ServicePauses {
  /** When the service may be asked again, and why not now; null for now. */
  of(service: string): { readonly until: number; readonly reason: PushReason } | null
  answered(service: string): void
  /** @param wait what it asked for, in ms; null where it just failed */
  failed(service: string, reason: PushReason, wait: number | null): void
}

/** A single failure may be the device's. */
const FAILURES = 3
const FIRST = 5_000
const LONGEST = 5 * 60_000
/** Whoever has not failed for this long begins anew; while something is queued for it, it is asked more often. */
const FORGOTTEN_AFTER = 2 * 60 * 60_000

export function createServicePauses(clock: Clock): ServicePauses {
  const troubled = new Map<string, { failures: number; until: number; reason: PushReason }>()
  /** Members choose the services, and of some nothing is ever heard again. */
  const forget = (before: number) => {
    for (const [service, { until }] of troubled) {
      if (until >= before) return
      troubled.delete(service)
    }
  }
  return {
    of(service) {
      const trouble = troubled.get(service)
      return trouble && trouble.until > clock.now() ? trouble : null
    },
    answered(service) {
      troubled.delete(service)
    },
    failed(service, reason, wait) {
      const now = clock.now()
      forget(now - FORGOTTEN_AFTER)
      const failures = (troubled.get(service)?.failures ?? 0) + 1
      const own = failures < FAILURES ? 0 : FIRST * 2 ** Math.min(failures - FAILURES, 6)
      const until = now + Math.min(LONGEST, Math.max(own, wait ?? 0))
      troubled.delete(service) // who failed last stands last
      troubled.set(service, { failures, until, reason })
    },
  }
}
