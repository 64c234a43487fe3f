import type { Change } from '@parley/contracts/sync/change'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { Presence } from './presence.socket.ts'

/** Who is watched is told of anew when what they hide may have changed. */
export const tellPresenceOnChange =
  (presence: Pick<Presence, 'onHiding'>) =>
  (scope: OrgScope, changes: readonly Change[]): void => {
    for (const { kind, id } of changes) {
      if (kind === 'own-profile') presence.onHiding(scope, id)
      if (kind === 'communication') presence.onHiding(scope)
    }
  }
