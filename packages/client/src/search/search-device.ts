import { foundPieces, matchesQuery, type MessageQuery } from '@parley/contracts/search/found'
import type { Message } from '@parley/contracts/messages/message'
import type { SearchHit } from '@parley/contracts/search/routes'
import type { MessageRecord } from '../local-store/local-store.ts'
import { isGone } from '../messages/is-gone.ts'
import { isHidden } from '../messages/own-messages.ts'
import { clearedUpTo } from '../replica/clearing.ts'
import type { Replica } from '../replica/replica.ts'
import type { DeviceQuery } from './device-query.ts'

/** Messages that are read at once: a few milliseconds, between which screens go on. */
const AT_ONCE = 250

/**
 * The newest messages that are held here and match, newest first, compared as the server compares. For when it cannot be asked.
 * @param signal ends the search with what was found so far
 */
export async function searchDevice(
  replica: Replica,
  query: DeviceQuery,
  limit: number,
  now: number,
  signal?: { readonly aborted: boolean },
): Promise<SearchHit[]> {
  const found: MessageRecord[] = []
  /** Beyond this many the oldest found are let go, and nothing older is looked at. */
  const oldest = () => (found.length < limit ? -Infinity : (found.at(-1)?.seq ?? -Infinity))
  for (const { conversationId, from, last } of windowsOf(replica, query.in)) {
    if (last.seq <= oldest()) break
    for (let before = last.message.number + 1; before > from && !signal?.aborted; before -= AT_ONCE) {
      const start = Math.max(from, before - AT_ONCE)
      const records = await replica.readMessages(conversationId, start, before, AT_ONCE)
      for (const record of records)
        if (isFound(record.message, query, now) && !isHidden(replica.state, record.message))
          found.push(record)
      found.sort((a, b) => b.seq - a.seq).splice(limit)
      if ((records[0]?.seq ?? Infinity) <= oldest()) break
    }
  }
  return found.map(({ message }) => hitOf(message, query))
}

/** As on the server: what has disappeared is found by nobody, and what was written elsewhere is of none of the members. */
function isFound(message: Message, query: DeviceQuery, now: number): boolean {
  const senderId = message.imported?.author ? null : message.senderId
  return !isGone(message, now) && matchesQuery({ ...message, senderId }, query)
}

interface HeldWindow {
  readonly conversationId: string
  readonly from: number
  readonly last: MessageRecord
}

/** What is held of conversations that the member may see, the latest first. */
function windowsOf({ state }: Replica, only: readonly string[]): HeldWindow[] {
  const held: HeldWindow[] = []
  for (const [conversationId, { from, last }] of state.windows) {
    const wanted = only.length === 0 || only.includes(conversationId)
    if (!last || !wanted || !state.records.conversation.get(conversationId)?.data) continue
    held.push({ conversationId, from: Math.max(from, clearedUpTo(state, conversationId) + 1), last })
  }
  return held.sort((a, b) => b.last.seq - a.last.seq)
}

const hitOf = (message: MessageRecord['message'], query: MessageQuery): SearchHit => ({
  messageId: message.id,
  conversationId: message.conversationId,
  number: message.number,
  senderId: message.senderId,
  sentAt: message.sentAt,
  ...(message.imported?.author && { author: message.imported.author }),
  ...foundPieces(message, query),
})
