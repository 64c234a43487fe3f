import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { MemberWriter } from '../members/member-store.ts'

/** When members were last here: noted at once, written in batches, because people come and go all the time. */
export interface LastSeenLog {
  note(scope: OrgScope, memberId: string, at: number): void
  /** What was noted and is not written yet. */
  pending(scope: OrgScope, memberId: string): number | undefined
  /** Writes what is pending, one transaction per organisation; what cannot be written stays pending. */
  flush(): Promise<void>
}

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
      for (const [scope, members] of [...noted]) {
        const batch = new Map(members)
        await run(scope, (tx) => tx.members.setLastSeen(scope, batch))
        for (const [memberId, at] of batch) if (members.get(memberId) === at) members.delete(memberId)
        if (members.size === 0) noted.delete(scope)
      }
    },
  }
}
