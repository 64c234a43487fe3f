import type { Connection } from '../connection.ts'
import { searchSql } from '../sql.ts'

/** Changes of one organisation's feed in a part. */
export const PART_SIZE = 2 ** 16

/** A stretch of an organisation's feed. Parts get their numbers in the order of the feed. */
export interface Part {
  readonly n: number
  /** Its place in the feed: the first seq divided by the size. */
  readonly high: number
  /** When its first and last messages were sent. */
  readonly first_at: number
  readonly last_at: number
}

const LIST = searchSql('SELECT n, high, first_at, last_at FROM parts WHERE org = ? ORDER BY high DESC')
const FIND = searchSql('SELECT n, high, first_at, last_at FROM parts WHERE org = ? AND high = ?')
const WIDEN = searchSql('UPDATE parts SET first_at = min(first_at, ?), last_at = max(last_at, ?) WHERE n = ?')
const INSERT = searchSql('INSERT INTO parts (org, high, first_at, last_at) VALUES (?, ?, ?, ?)')

export const highOf = (seq: number): number => Math.floor(seq / PART_SIZE)
export const lowOf = (seq: number): number => seq % PART_SIZE

/** The parts of an organisation, newest first. */
export const listParts = (db: Connection, org: number): Part[] => db.all(LIST, org) as Part[]

/** Whether a part may hold messages sent in a time. */
export const isWithin = (part: Part, after: number, before: number): boolean =>
  part.last_at >= after && part.first_at < before

/** The number of the part that holds a message; made at need. */
export function partFor(
  db: Connection,
  org: number,
  { seq, sentAt }: { seq: number; sentAt: number },
): number {
  const found = db.get(FIND, org, highOf(seq)) as Part | undefined
  if (!found) return db.run(INSERT, org, highOf(seq), sentAt, sentAt).id
  if (sentAt < found.first_at || sentAt > found.last_at) db.run(WIDEN, sentAt, sentAt, found.n)
  return found.n
}

/** The part's number, if there is one. */
export const findPart = (db: Connection, org: number, seq: number): number | undefined =>
  (db.get(FIND, org, highOf(seq)) as Part | undefined)?.n
