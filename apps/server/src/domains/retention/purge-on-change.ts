import type { Change } from '@parley/contracts/sync/change'
import type { OrgScope } from '../../kernel/org-scope.ts'

/** A rule was changed: what is due now is looked for at once. */
export const purgeOnChange = (soon: () => void) => (_scope: OrgScope, changes: readonly Change[]) => {
  if (changes.some(({ kind }) => kind === 'communication')) soon()
}
