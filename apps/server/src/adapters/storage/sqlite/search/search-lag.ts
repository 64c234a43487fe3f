import { existsSync } from 'node:fs'
import { Connection } from '../connection.ts'
import { searchSql, sql } from '../sql.ts'

const HEADS =
  sql(`SELECT feeds.org, organisations.id, head FROM feeds JOIN organisations ON organisations.n = feeds.org
  WHERE feeds.org > ? AND head > 0 ORDER BY feeds.org LIMIT ?`)
const POSITIONS = searchSql('SELECT org, seq FROM positions WHERE org > ? ORDER BY org LIMIT ?')

const PAGE = 1_000

/** The ids of organisations of which the index has not taken in everything. Costs a row of each. */
export function organisationsBehind(database: Connection, file: string): string[] {
  const positions = readPositions(file)
  const behind: string[] = []
  for (const { org, id, head } of pagesOf<HeadRow>(database, HEADS))
    if (positions.get(org) !== head) behind.push(id)
  return behind
}

interface HeadRow {
  org: number
  id: string
  head: number
}

/** None where the file is missing, or cannot be read: then it is looked at more closely by whoever writes to it. */
function readPositions(file: string): ReadonlyMap<number, number> {
  if (!existsSync(file)) return new Map()
  try {
    const db = new Connection(file, { readOnly: true })
    try {
      return new Map(
        [...pagesOf<{ org: number; seq: number }>(db, POSITIONS)].map(({ org, seq }) => [org, seq]),
      )
    } finally {
      db.close()
    }
  } catch {
    return new Map()
  }
}

function* pagesOf<R extends { org: number }>(db: Connection, statement: typeof HEADS): Generator<R> {
  for (let org = 0; ;) {
    const page = db.all(statement, org, PAGE) as R[]
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    org = last.org
  }
}
