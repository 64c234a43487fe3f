import type { MessageQuery } from '@parley/contracts/search/found'
import { termsOf } from '@parley/contracts/search/match'
import type { SearchPart } from '@parley/contracts/search/query'
import type { Actor } from '../../kernel/actor.ts'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { MessageRecord } from '../messages/message.ts'
import type { OwnMessageReader } from '../messages/own-message-store.ts'
import type { MessageReader } from '../messages/message-store.ts'
import { requireFindable } from './search-access.ts'
import type { SearchIndex } from './search-store.ts'
import { isFound, TOKENS_VERSION, tokensOfQuery } from './search.ts'

export interface SearchRead {
  readonly chatPreferences: ChatPreferenceReader
  readonly ownMessages: OwnMessageReader
  readonly members: MemberReader
  readonly conversations: ConversationReader
  readonly messages: MessageReader
  readonly search: SearchIndex
}

/** What is asked for, as the contract has it. */
export interface Asked {
  readonly words: string
  readonly from?: readonly string[] | undefined
  readonly in?: readonly string[] | undefined
  readonly has?: readonly SearchPart[] | undefined
  readonly after?: number | undefined
  readonly before?: number | undefined
  readonly cursor?: number | undefined
  readonly limit: number
}

export interface Found {
  readonly query: MessageQuery
  readonly messages: readonly MessageRecord[]
  /** Where the next page begins; null when everything has been looked at. */
  readonly cursor: number | null
  /** Whether everything up to the last moments is in the index. */
  readonly complete: boolean
}

/** Beyond so long the rest is left to the next page: one question holds up nobody else's. */
const PATIENCE = 150

/**
 * A page of the messages that the actor may see and looks for, newest first.
 * @throws DomainError not_signed_in, member_deactivated, not_found
 */
export async function searchMessages(
  read: SearchRead,
  actor: Actor,
  asked: Asked,
  now: number,
): Promise<Found> {
  const query: MessageQuery = {
    terms: termsOf(asked.words),
    from: asked.from ?? [],
    has: asked.has ?? [],
    after: asked.after ?? 0,
    before: asked.before ?? Number.MAX_SAFE_INTEGER,
  }
  const findable = await requireFindable(read, actor, asked.in ?? [], now)
  const complete = await read.search.isWhole(actor.scope, TOKENS_VERSION)
  const messages: MessageRecord[] = []
  let below = asksForNothing(asked, query) ? null : (asked.cursor ?? Number.MAX_SAFE_INTEGER)
  const giveUp = performance.now() + PATIENCE
  const { conversationIds } = findable
  if (conversationIds.length === 0) below = null
  while (below !== null && messages.length < asked.limit && performance.now() < giveUp) {
    const { after, before } = query
    const wanted = { tokens: tokensOfQuery(query), conversationIds, after, before, below }
    const looked = await read.search.look(actor.scope, { ...wanted, limit: asked.limit * 2 })
    below = looked.below
    for (const stored of await findable.withoutHidden(looked.messages)) {
      const message = await findable.asSeen(stored)
      if (!message || !isFound(message, query)) continue
      messages.push(message)
      if (messages.length < asked.limit) continue
      below = message.seq
      break
    }
  }
  return { query, messages, cursor: below, complete }
}

/** Without words everything would be found, unless something else is asked for. */
const asksForNothing = (asked: Asked, { terms, from, has }: MessageQuery) =>
  terms.length + from.length + has.length === 0 &&
  (asked.words !== '' || (asked.after === undefined && asked.before === undefined && !asked.in?.length))
