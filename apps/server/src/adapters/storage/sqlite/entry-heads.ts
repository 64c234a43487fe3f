import type { Org } from './caches.ts'
import type { Audience } from './change.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const NEWEST = sql(`SELECT wanted.value AS audience,
  (SELECT max(seq) FROM changes WHERE org = ? AND changes.audience = wanted.value) AS seq
  FROM json_each(?) AS wanted`)

/** The newest entry of each audience, messages and marks not counted; 0 where there is none. */
export function findEntryHeads(view: View, org: Org, audiences: readonly Audience[]): Map<Audience, number> {
  const known = view.caches()?.entryHeads
  const heads = new Map<Audience, number>()
  const missing: Audience[] = []
  for (const audience of audiences) {
    const head = known?.get(org.n, audience)
    if (head === undefined) missing.push(audience)
    else heads.set(audience, head)
  }
  if (missing.length === 0) return heads
  const rows = view.db.all(NEWEST, org.n, JSON.stringify(missing)) as {
    audience: Audience
    seq: number | null
  }[]
  for (const { audience, seq } of rows) {
    heads.set(audience, seq ?? 0)
    known?.set(org.n, audience, seq ?? 0)
  }
  return heads
}
