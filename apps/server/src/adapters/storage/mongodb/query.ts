import type { OrgScope } from '../../../kernel/org-scope.ts'

type Value = string | number | boolean | null
type Condition =
  | Value
  | { readonly in: readonly string[] }
  | { readonly notIn: readonly string[] }
  | { readonly above: number }
  | { readonly below: number }
  | { readonly from: number; readonly before: number }
  | { readonly isObject: true }

/** A list field matches a plain value when it contains it, as in MongoDB. */
export interface Query<R extends object> {
  readonly where: { readonly [K in keyof R & string]?: Condition }
  readonly order?: readonly [keyof R & string, 1 | -1]
  readonly limit?: number
}

/** The query as MongoDB understands it, within the organisation (T1). */
export function toFilter(scope: OrgScope, where: Query<object>['where']): Record<string, unknown> {
  const filter: Record<string, unknown> = { org: scope }
  for (const [field, condition] of Object.entries<Condition>(where)) filter[field] = toOperator(condition)
  return filter
}

function toOperator(condition: Condition): unknown {
  if (condition === null || typeof condition !== 'object') return condition
  if ('in' in condition) return { $in: condition.in }
  if ('notIn' in condition) return { $nin: condition.notIn }
  if ('isObject' in condition) return { $type: 'object' }
  if ('from' in condition) return { $gte: condition.from, $lt: condition.before }
  return 'above' in condition ? { $gt: condition.above } : { $lt: condition.below }
}

/** The same query over records in memory: those that a transaction has written but not committed. */
export function select<R extends object>(records: Iterable<R>, query: Query<R>): R[] {
  const conditions = Object.entries(query.where) as [string, Condition][]
  const found = [...records].filter((record) =>
    conditions.every(([field, condition]) => meets(Reflect.get(record, field), condition)),
  )
  if (query.order) {
    const [field, direction] = query.order
    found.sort((a, b) => (Number(a[field]) - Number(b[field])) * direction)
  }
  return query.limit === undefined ? found : found.slice(0, query.limit)
}

function meets(value: unknown, condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') {
    return Array.isArray(value) ? value.includes(condition) : value === condition
  }
  if ('in' in condition) return condition.in.includes(value as string)
  if ('notIn' in condition) return !condition.notIn.includes(value as string)
  if ('isObject' in condition) return typeof value === 'object' && value !== null
  if (typeof value !== 'number') return false
  if ('from' in condition) return value >= condition.from && value < condition.before
  return 'above' in condition ? value > condition.above : value < condition.below
}
