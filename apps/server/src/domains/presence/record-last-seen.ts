import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { MemberWriter } from '../members/member-store.ts'

/** When members were last here: noted at once, written in batches, because people come and go all the time. */
export interface LastSeenLog {
  note(scope: OrgScope, memberId: string, at: number): void
  /** What was noted and is not written yet. */
  pending(scope: OrgScope, memberId: string): number | undefined
  /**
   * Writes what is pending, one transaction per organisation; what cannot be written stays pending.
   * @throws AggregateError once all were tried, with what stood in the way
   */
  flush(): Promise<void>
}

/** @param run of the composition root */
export function createLastSeenLog(run: RunUseCase<{ readonly members: MemberWriter }>): LastSeenLog {
  const noted = new Map<OrgScope, Map<string, number>>()
  return {
    note(scope, memberId, at) {
      const members = noted.get(scope)
      if (members) members.set(memberId, at)
      else noted.set(scope, new Map([[memberId, at]]))
    },
    pending: (scope, memberId) => noted.get(scope)?.get(memberId),
    async flush() {
      const failures: unknown[] = []
      for (const [scope, members] of [...noted]) {
        const batch = new Map(members)
        try {
          await run(scope, (tx) => tx.members.setLastSeen(scope, batch))
        } catch (error) {
          failures.push(error)
          continue
        }
        for (const [memberId, at] of batch) if (members.get(memberId) === at) members.delete(memberId)
        if (members.size === 0) noted.delete(scope)
      }
      if (failures.length > 0) throw new AggregateError(failures, 'last seen times could not be written')
    },
  }
}
