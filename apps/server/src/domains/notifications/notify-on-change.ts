import type { Audience, Change } from '@parley/contracts/sync/change'
import { idIn } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageFollower } from './follow-messages.ts'
import type { Withdrawals } from './withdraw-pushes.ts'

/** What was committed may call for pushes, or make some needless. Nothing is done here but to take note. */
export const notifyOnChange =
  ({ follower, withdrawals }: { follower: MessageFollower; withdrawals: Withdrawals }) =>
  (scope: OrgScope, changes: readonly Change[]): void => {
    for (const { kind, data, audience } of changes) {
      if (data === null) continue
      if (kind === 'message') {
        follower.wake(scope)
        // who writes has read
        withdrawals.note(scope, data.senderId, data.conversationId)
        if (data.deletedAt !== undefined) withdrawals.noteGone(scope, data.conversationId)
      } else if (kind === 'mark') withdrawals.note(scope, data.memberId, data.conversationId)
      else if (kind === 'purge') withdrawals.noteGone(scope, data.conversationId)
      else if (kind === 'access' && data.state === 'lost') {
        const conversationId = idIn(data.audience as Audience, 'conversation')
        const memberId = idIn(audience as Audience, 'member')
        if (conversationId && memberId) withdrawals.note(scope, memberId, conversationId)
      }
    }
  }
