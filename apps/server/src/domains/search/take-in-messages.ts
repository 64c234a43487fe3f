import type { ChangeFeedReader } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { newestSeqOf, type MessageRecord } from '../messages/message.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { SearchEntry, SearchIndex } from './search-store.ts'
import { isIndexed, TOKENS_VERSION, tokensOf } from './search.ts'

export interface TakeInRead {
  readonly messages: MessageReader
  readonly changes: ChangeFeedReader
  readonly search: SearchIndex
}

/** A few milliseconds' work, so that whoever searches meanwhile hardly waits. */
const AT_ONCE = 100

/** What a step came to. */
export interface TakenIn {
  /** Whether there is more to take in. */
  readonly more: boolean
  /** Why the index was begun anew; null when it was not. */
  readonly news: string | null
}

/** Takes the next messages of the feed into the index. Beginning again at any time does no harm: the index says how far it is. */
export async function takeInMessages(read: TakeInRead, scope: OrgScope): Promise<TakenIn> {
  // asked first: what is committed from here on is left to the next step
  const head = await read.changes.head(scope)
  const { seq, whole } = await read.search.position(scope, TOKENS_VERSION)
  if (seq >= head) return { more: false, news: read.search.takeNews() }
  const sent = await read.messages.sentAfter(scope, seq, AT_ONCE)
  const revised = await read.messages.revisedAfter(scope, seq, AT_ONCE)
  const upTo = Math.min(
    head,
    endOf(sent, (one) => one.seq),
    endOf(revised, newestSeqOf),
  )
  const taken = new Map<string, MessageRecord>()
  for (const one of sent) if (one.seq <= upTo) taken.set(one.id, one)
  for (const one of revised) if (newestSeqOf(one) <= upTo) taken.set(one.id, one)
  const messages = [...taken.values()]
  const gone = messages.filter((message) => !isIndexed(message)).map(placeOf)
  const entries = await Promise.all(
    messages.filter(isIndexed).map((message) => entryOf(read.messages, scope, message)),
  )
  const more = upTo < head
  await read.search.put(scope, { entries, gone, upTo, whole: whole || !more, version: TOKENS_VERSION })
  return { more, news: read.search.takeNews() }
}

/** Up to where a list that may have been cut off says everything. */
function endOf(messages: readonly MessageRecord[], seqOf: (message: MessageRecord) => number): number {
  const last = messages.at(-1)
  return last && messages.length === AT_ONCE ? seqOf(last) : Infinity
}

const placeOf = ({ id, conversationId, seq, sentAt }: MessageRecord) => ({
  messageId: id,
  conversationId,
  seq,
  sentAt,
})

async function entryOf(
  messages: MessageReader,
  scope: OrgScope,
  message: MessageRecord,
): Promise<SearchEntry> {
  const edits = message.extras?.editedAt === undefined ? [] : await messages.edits(scope, message.id)
  const tokens = tokensOf(
    message,
    edits.map(({ text }) => text),
  )
  return { ...placeOf(message), tokens }
}
