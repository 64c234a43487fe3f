import { createHash } from 'node:crypto'
import type { ActivityDraft, ActivityRecord, ActivityValue, FieldChanges } from './activity-log.ts'
import type { OrgScope } from './org-scope.ts'

/** Raised when what is hashed changes; the first thing in it. */
const FORM = 1

/** The hash that seals a line: over everything in it, the organisation and the line before. */
export function hashOf(scope: OrgScope, line: Omit<ActivityRecord, 'hash'>): string {
  const { number, at, memberId, address, device, action, about, changes, previous } = line
  const sealed = [FORM, scope, previous, number, at, memberId, address, device, action, about, changes]
  return createHash('sha256').update(JSON.stringify(sealed)).digest('hex')
}

/** The line that a draft becomes after the one before it. @param at ms since 1970 */
export function sealActivity(
  scope: OrgScope,
  before: ActivityRecord | null,
  { actor, action, about, changes = {} }: ActivityDraft,
  at: number,
): ActivityRecord {
  const line = {
    number: (before?.number ?? 0) + 1,
    at,
    memberId: actor?.memberId ?? null,
    address: actor?.address ?? '',
    device: actor?.device ?? '',
    action,
    about,
    changes: JSON.stringify(changes),
    previous: before?.hash ?? '',
  }
  return { ...line, hash: hashOf(scope, line) }
}

/**
 * What became of the named fields: those that are different now.
 * @param before null where there was nothing
 * @param after null where there is nothing any more
 */
export function changesIn<T extends object>(
  fields: readonly (keyof T & string)[],
  before: T | null,
  after: T | null,
): FieldChanges {
  const changes: Record<string, { before: ActivityValue; after: ActivityValue }> = {}
  for (const field of fields) {
    const [was, is] = [valueOf(before, field), valueOf(after, field)]
    if (JSON.stringify(was) !== JSON.stringify(is)) changes[field] = { before: was, after: is }
  }
  return changes
}

/** Whether there is anything to tell. */
export const anyOf = (changes: FieldChanges): boolean => Object.keys(changes).length > 0

const valueOf = (of: object | null, field: string): ActivityValue =>
  of === null ? null : ((Reflect.get(of, field) as ActivityValue | undefined) ?? null)
