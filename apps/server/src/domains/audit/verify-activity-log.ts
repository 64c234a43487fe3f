import { hashOf } from '../../kernel/activity-chain.ts'
import type { ActivityLogReader, ActivityRecord } from '../../kernel/activity-log.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'

export interface ActivityVerdict {
  /** How many lines there are. */
  readonly lines: number
  /** The last line; null in an empty log. Whoever keeps its hash elsewhere can tell later that nothing was cut off the end. */
  readonly last: ActivityRecord | null
  /** What is wrong, as sentences; empty when the log is sound. */
  readonly problems: readonly string[]
}

const PAGE = 500
const PROBLEMS_MAX = 20

/** Reads an organisation's whole activity log and follows its chain of hashes (A11). */
export async function verifyActivityLog(
  activity: ActivityLogReader,
  scope: OrgScope,
): Promise<ActivityVerdict> {
  const problems: string[] = []
  let last: ActivityRecord | null = null
  let lines = 0
  for (;;) {
    const page: ActivityRecord[] = await activity.page(scope, last?.number ?? 0, PAGE)
    for (const line of page) {
      if (problems.length < PROBLEMS_MAX) problems.push(...problemsOf(scope, last, line))
      last = line
      lines += 1
    }
    if (page.length < PAGE) return { lines, last, problems }
  }
}

function problemsOf(scope: OrgScope, before: ActivityRecord | null, line: ActivityRecord): string[] {
  const expected = (before?.number ?? 0) + 1
  const name = `line ${String(line.number)}`
  if (line.number !== expected)
    return [`${name} follows line ${String(expected - 1)}: what was between is missing`]
  if (line.hash !== hashOf(scope, line)) return [`${name} was changed after it was written`]
  if (line.previous !== (before?.hash ?? '')) return [`${name} does not continue the line before it`]
  return []
}
