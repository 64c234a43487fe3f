import type { ChangeFeedReader } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { newestSeqOf, type MessageRecord } from '../messages/message.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { EmptyStretch, SearchEntry, SearchIndex } from './search-store.ts'
import { isIndexed, TOKENS_VERSION, tokensOf } from './search.ts'

export interface TakeInRead {
  readonly messages: MessageReader
  readonly conversations: ConversationReader
  readonly changes: ChangeFeedReader
  readonly search: Pick<SearchIndex, 'position' | 'put' | 'takeNews'>
}

/** Some 20 ms of work, so that whoever searches meanwhile hardly waits. Fewer would make more and smaller segments, which cost both who writes and who searches. */
const AT_ONCE = 300

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
  const purges = await read.changes.purgesAfter(scope, seq, AT_ONCE)
  const ends = [endOf(sent, (one) => one.seq), endOf(revised, newestSeqOf), endOf(purges, (one) => one.seq)]
  const upTo = Math.min(head, ...ends)
  const taken = new Map<string, MessageRecord>()
  for (const one of sent) if (one.seq <= upTo) taken.set(one.id, one)
  for (const one of revised) if (newestSeqOf(one) <= upTo) taken.set(one.id, one)
  const messages = [...taken.values()]
  const gone = messages.filter((message) => !isIndexed(message)).map(placeOf)
  const entries = await Promise.all(
    messages.filter(isIndexed).map((message) => entryOf(read.messages, scope, message)),
  )
  const purged = new Set(purges.filter((one) => one.seq <= upTo).map(({ id }) => id))
  const emptied = (await Promise.all([...purged].map((id) => emptiedIn(read, scope, id, head)))).flat()
  const more = upTo < head
  const step = { entries, gone, emptied, upTo, whole: whole || !more, version: TOKENS_VERSION }
  await read.search.put(scope, step)
  return { more, news: read.search.takeNews() }
}

/** Up to where a list that may have been cut off says everything. */
function endOf<T>(list: readonly T[], seqOf: (one: T) => number): number {
  const last = list.at(-1)
  return last && list.length === AT_ONCE ? seqOf(last) : Infinity
}

const placeOf = ({ id, conversationId, seq, sentAt }: MessageRecord) => ({
  messageId: id,
  conversationId,
  seq,
  sentAt,
})

/**
 * Where messages of a conversation are gone for good: numbers and seqs rise together, so their neighbours say it.
 * @param head of the feed before it was looked: another process may have taken in already what comes after it
 */
async function emptiedIn(
  { conversations, messages }: TakeInRead,
  scope: OrgScope,
  conversationId: string,
  head: number,
): Promise<EmptyStretch[]> {
  const ranges = await conversations.purged(scope, conversationId)
  return Promise.all(
    ranges.map(async ({ from, to }) => {
      const [before] = await messages.page(scope, conversationId, { before: from, limit: 1 })
      const onward = { from: to + 1, until: Number.MAX_SAFE_INTEGER, limit: 1 }
      const [after] = await messages.pageFrom(scope, conversationId, onward)
      return { conversationId, above: before?.seq ?? 0, below: after?.seq ?? head + 1 }
    }),
  )
}

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
