import type { MessageRecord } from '../../../domains/messages/message.ts'
import { packSeq } from './keys.ts'
import { sql } from './sql.ts'
import { MESSAGE_COLUMNS, messageOf, type MessageRow } from './talk-rows.ts'
import type { Talk } from './talk.ts'
import type { View } from './view.ts'

const KEY = sql(
  'SELECT n, number FROM messages WHERE conversation = ? AND number >= ? ORDER BY number LIMIT 1',
)
const FROM = sql(`SELECT ${MESSAGE_COLUMNS} FROM messages
  WHERE conversation = ? AND number >= ? AND n > ? ORDER BY number LIMIT ?`)

/** Messages of one conversation still to be merged. */
interface Source {
  readonly talk: Talk
  rows: MessageRow[]
  next: number
  /** How many rows to read at once; grows with every reading. */
  chunk: number
}

const SMALLEST_CHUNK = 2
/** Index entries that are passed over rather than halved. */
const PASSED_OVER = 256

/**
 * Messages of these conversations after a seq, merged in order of seq. Each conversation is read in chunks, so that a
 * long absence costs what is asked for and not what was missed.
 */
export function messagesAfter(
  view: View,
  org: number,
  talks: readonly Talk[],
  since: number,
  limit: number,
): MessageRecord[] {
  const after = packSeq(org, since)
  const chunk = Math.min(limit, Math.max(SMALLEST_CHUNK, Math.ceil(limit / (talks.length || 1))))
  const sources = talks.map((talk): Source => {
    const rows = view.db.all(FROM, talk.n, firstAfter(view, talk, after, since), after, chunk) as MessageRow[]
    return { talk, rows, next: 0, chunk }
  })
  const messages: MessageRecord[] = []
  while (messages.length < limit) {
    const source = earliest(sources)
    const row = source?.rows[source.next]
    if (!source || !row) break
    messages.push(messageOf(view, source.talk.record.id, row))
    advance(view, source, row)
  }
  return messages
}

/** A number at or shortly before a conversation's first message after `after`; seqs rise with numbers, so halving finds it. */
function firstAfter(view: View, talk: Talk, after: number, since: number): number {
  let low = Math.max(1, talk.newestNumber - (talk.lastSeq - since) + 1)
  let high = talk.newestNumber
  while (high - low > PASSED_OVER) {
    const middle = Math.floor((low + high) / 2)
    // some may be gone for good; then the next one speaks for them
    const row = view.db.get(KEY, talk.n, middle) as { n: number; number: number } | undefined
    if (!row || row.n > after) high = middle
    else low = row.number + 1
  }
  return low
}

function earliest(sources: readonly Source[]): Source | undefined {
  let found: Source | undefined
  let least = Infinity
  for (const source of sources) {
    const n = source.rows[source.next]?.n
    if (n === undefined || n >= least) continue
    least = n
    found = source
  }
  return found
}

function advance(view: View, source: Source, taken: MessageRow): void {
  source.next += 1
  if (source.next < source.rows.length || taken.number >= source.talk.newestNumber) return
  source.chunk *= 4
  source.rows = view.db.all(FROM, source.talk.n, taken.number + 1, taken.n, source.chunk) as MessageRow[]
  source.next = 0
}
