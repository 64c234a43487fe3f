import type { ConversationRecord, PurgedRangeRecord } from '../../../domains/conversations/conversation.ts'
import type { Org } from './caches.ts'
import { sql } from './sql.ts'
import {
  groupOf,
  keepingOf,
  markOf,
  MESSAGE_COLUMNS,
  messageOf,
  type ConversationRow,
  type MarkRow,
  type MessageRow,
} from './talk-rows.ts'
import { follow, type KnownMark, type Talk } from './talk.ts'
import type { View } from './view.ts'

// A call costs more than a row, so a whole chat list is read with three statements.
const FIND =
  sql(`SELECT n, conversations.id, kind, created_by, created_at, disappear_after, pins, group_details.name, description, picture_version, admin_ids,
  announcement_only, members_may_add, newcomers_see_history, reach_delivered, reach_seen, ranges, last_number,
  last_quiet FROM json_each(?) AS wanted CROSS JOIN conversations ON org = ? AND conversations.id = wanted.value
  LEFT JOIN group_details ON group_details.conversation = conversations.n
  LEFT JOIN purges ON purges.conversation = conversations.n`)
const MARKS =
  sql(`SELECT conversation, member, members.id AS member_id, position, delivered, seen, quiet, shown, seq,
  delivered_at, seen_at, from_number, joined_seq, kept_until, kept_name
  FROM json_each(?) AS wanted CROSS JOIN marks ON conversation = wanted.value
  CROSS JOIN members ON members.n = marks.member`)
const NEWEST = sql(`SELECT conversation, ${MESSAGE_COLUMNS} FROM json_each(?) AS wanted
  CROSS JOIN messages ON conversation = wanted.value
  AND number = (SELECT max(number) FROM messages AS other WHERE other.conversation = wanted.value)`)

/** A conversation with its marks and its newest message; undefined when this organisation has none with the id. */
export function findTalk(view: View, org: Org, id: string): Talk | undefined {
  return view.caches()?.talks.get(org.n, id) ?? loadTalks(view, org, [id])[0]
}

/** As `findTalk` for many, in the order of the ids; missing ones are left out. */
export function findTalks(view: View, org: Org, ids: readonly string[]): Talk[] {
  const talks = view.caches()?.talks
  const found = new Map<string, Talk>()
  const missing: string[] = []
  for (const id of ids) {
    const known = talks?.get(org.n, id)
    if (known) found.set(id, known)
    else missing.push(id)
  }
  if (missing.length > 0) for (const talk of loadTalks(view, org, missing)) found.set(talk.record.id, talk)
  return ids.map((id) => found.get(id)).filter((talk) => talk !== undefined)
}

function loadTalks(view: View, org: Org, ids: readonly string[]): Talk[] {
  const rows = view.db.all(FIND, JSON.stringify(ids), org.n) as ConversationRow[]
  if (rows.length === 0) return []
  const surrogates = JSON.stringify(rows.map(({ n }) => n))
  const caches = view.caches()
  const markRows = view.db.all(MARKS, surrogates) as MarkRow[]
  // who wrote the newest message is found here, not one by one
  for (const { member, member_id: id } of markRows) caches?.memberIds.set(member, id)
  const marks = Map.groupBy(markRows, ({ conversation }) => conversation)
  const newest = new Map<number, MessageRow>()
  for (const row of view.db.all(NEWEST, surrogates) as MessageRow[]) newest.set(row.conversation, row)
  return rows.map((row) => {
    const talk = talkOf(row, marks.get(row.n) ?? [])
    const message = newest.get(row.n)
    if (message) follow(talk, messageOf(view, row.id, message))
    caches?.talks.set(org.n, row.id, talk)
    caches?.talkIds.set(row.n, row.id)
    return talk
  })
}

function talkOf(row: ConversationRow, rows: readonly MarkRow[]): Talk {
  const marks = new Map<string, KnownMark>()
  let markHead = 0
  let newestJoin = 0
  let seenByAllFrom = 1
  for (const markRow of rows.toSorted(inTheirOrder)) {
    const { member, position, member_id: memberId } = markRow
    marks.set(memberId, { member, position, mark: markOf(row.id, markRow) })
    markHead = Math.max(markHead, markRow.seq)
    newestJoin = Math.max(newestJoin, markRow.joined_seq)
    seenByAllFrom = Math.max(seenByAllFrom, markRow.from_number)
  }
  const present = [...marks.values()].filter(({ mark }) => mark.kept === null)
  const record: ConversationRecord = {
    id: row.id,
    kind: row.kind,
    memberIds: present.map(({ mark }) => mark.memberId),
    createdBy: row.created_by,
    createdAt: row.created_at,
    group: groupOf(row),
    ...keepingOf(row),
  }
  const reach = { delivered: row.reach_delivered, seen: row.reach_seen }
  const purged = row.ranges === null ? [] : (JSON.parse(row.ranges) as PurgedRangeRecord[])
  const given =
    row.ranges === null ? { number: 0, quiet: 0 } : { number: row.last_number, quiet: row.last_quiet }
  const counts = { lastNumber: given.number, lastQuiet: given.quiet, lastSeq: 0, newestNumber: 0 }
  return {
    n: row.n,
    record,
    marks,
    markHead,
    newestJoin,
    seenByAllFrom,
    reach,
    purged,
    ...counts,
    newest: undefined,
  }
}

const inTheirOrder = (a: MarkRow, b: MarkRow) => a.position - b.position
