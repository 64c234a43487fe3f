import type { Change } from '@parley/contracts/sync/change'
import type { OrgScope } from '../../kernel/org-scope.ts'

/**
 * As soon as it is committed that a message is gone, the bytes go that nothing else carries. What is missed here, because the process
 * ends in between, is found by the sweep.
 * @param remove removes an organisation's bytes; never throws
 */
export function removeBytesOnChange(remove: (scope: OrgScope) => Promise<void>) {
  /** Being removed; and whether more came meanwhile. */
  const busy = new Map<OrgScope, boolean>()
  const removeAll = async (scope: OrgScope) => {
    do {
      busy.set(scope, false)
      await remove(scope)
    } while (busy.get(scope))
    busy.delete(scope)
  }
  return (scope: OrgScope, changes: readonly Change[]): void => {
    const isGone = changes.some(
      ({ kind, data }) =>
        kind === 'purge' || (kind === 'message' && (data === null || data.deletedAt !== undefined)),
    )
    if (!isGone) return
    if (busy.has(scope)) busy.set(scope, true)
    else void removeAll(scope)
  }
}
