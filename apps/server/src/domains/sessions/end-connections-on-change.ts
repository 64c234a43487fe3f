import type { Change } from '@parley/contracts/sync/change'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { EndConnections } from './end-connections.ts'

/** A member who lost access is cut off as soon as that is committed (A2). */
export const endConnectionsOnChange =
  (end: EndConnections) =>
  (_scope: OrgScope, changes: readonly Change[]): void => {
    for (const { kind, id, data } of changes) {
      if (kind !== 'member' || data === null || data.state === 'active') continue
      end({ memberId: id }, data.state)
    }
  }
