import type { OrgScope } from '../../../kernel/org-scope.ts'

/** How a store comes to an organisation's data: committed, or as a transaction sees it. */
export type Views<V> = (scope: OrgScope) => Promise<V>
