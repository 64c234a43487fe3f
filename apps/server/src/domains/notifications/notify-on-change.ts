import type { Change } from '@parley/contracts/sync/change'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageFollower } from './follow-messages.ts'
import type { Withdrawals } from './withdraw-pushes.ts'

/** What was committed may call for pushes, or make some needless. Nothing is done here but to take note. */
export const notifyOnChange =
  ({ follower, withdrawals }: { follower: MessageFollower; withdrawals: Withdrawals }) =>
  (scope: OrgScope, changes: readonly Change[]): void => {
    for (const { kind, data } of changes) {
      if (data === null) continue
      if (kind === 'message') {
        follower.wake(scope)
        // who writes has read
        withdrawals.note(scope, data.senderId, data.conversationId)
      } else if (kind === 'mark') withdrawals.note(scope, data.memberId, data.conversationId)
    }
  }
