import { changeKinds, type Audience, type Change, type ChangeKind } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedReader, FeedEntry } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { idIn, ofMember } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MarkRecord } from '../conversations/conversation.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { presentMarkChange, presentOwnMarkChange } from '../conversations/present-mark-change.ts'
import type { MessageRecord } from '../messages/message.ts'
import { reactionChangesTo } from '../messages/present-reaction.ts'
import { presentMessageChange, presentSending } from '../messages/present-message.ts'
import { audiencesOf } from './audiences-of.ts'
import { hydrateEntries, type HydrateRead } from './hydrate-entries.ts'

export interface SyncRead extends HydrateRead {
  readonly conversations: ConversationReader
  readonly changes: ChangeFeedReader
}

export type CaughtUp =
  | { readonly outcome: 'load-again' }
  | {
      readonly outcome: 'changes'
      readonly changes: Change[]
      readonly heads: Record<string, number>
      readonly cursor: number
      readonly more: boolean
    }

/**
 * What the actor may see of what happened after `since`, oldest first. The feed's head is read first and nothing beyond it is
 * promised: what is committed meanwhile arrives live, or at the next catch-up.
 */
export async function catchUp(read: SyncRead, actor: Actor, since: number, limit: number): Promise<CaughtUp> {
  const position = await positionOf(read, actor, since)
  return position ? tellSince(read, actor, position, limit) : { outcome: 'load-again' }
}

/** Conversations and changes up to which catching up holds nobody up. */
const BRIEF_AUDIENCES = 50
const BRIEF_CHANGES = 100

/** As `catchUp`; null as soon as it turns out to be long. */
export async function catchUpIfBrief(
  read: SyncRead,
  actor: Actor,
  since: number,
  limit: number,
): Promise<CaughtUp | null> {
  const position = await positionOf(read, actor, since)
  if (!position) return { outcome: 'load-again' }
  if (position.moved.length > BRIEF_AUDIENCES) return null
  const caughtUp = await tellSince(read, actor, position, Math.min(limit, BRIEF_CHANGES))
  return caughtUp.more && limit > BRIEF_CHANGES ? null : caughtUp
}

interface Position {
  readonly since: number
  readonly head: number
  readonly heads: ReadonlyMap<Audience, number>
  /** The audiences that have something to tell. */
  readonly moved: readonly Audience[]
}

/** Where a cursor stands in the feed; null when it cannot be continued (Y8). */
async function positionOf(read: SyncRead, actor: Actor, since: number): Promise<Position | null> {
  const { scope } = actor
  const head = await read.changes.head(scope)
  if (since > head || since < (await read.changes.floor(scope))) return null
  const { audiences } = await audiencesOf(read, actor)
  const heads = await read.changes.heads(scope, audiences)
  return { since, head, heads, moved: audiences.filter((audience) => (heads.get(audience) ?? 0) > since) }
}

async function tellSince(
  read: SyncRead,
  actor: Actor,
  { since, head, heads, moved }: Position,
  limit: number,
): Promise<Extract<CaughtUp, { outcome: 'changes' }>> {
  const all = (await changesSince(read, actor, moved, since, limit + 1)).filter(({ seq }) => seq <= head)
  const changes = all.slice(0, limit)
  const more = all.length > limit
  return {
    outcome: 'changes',
    changes,
    heads: upTo(heads, head),
    cursor: more ? (changes.at(-1)?.seq ?? since) : head,
    more,
  }
}

/** Heads as of the feed's `head`: what was committed while this was read has not been told. */
const upTo = (heads: ReadonlyMap<Audience, number>, head: number): Record<string, number> =>
  Object.fromEntries([...heads].map(([audience, seq]) => [audience, Math.min(seq, head)]))

/** The newest `limit` or fewer changes of these audiences after `since`, messages and marks merged in, in order of seq. */
async function changesSince(
  read: SyncRead,
  actor: Actor,
  audiences: readonly Audience[],
  since: number,
  limit: number,
): Promise<Change[]> {
  const { scope } = actor
  const conversationIds = audiences
    .map((audience) => idIn(audience, 'conversation'))
    .filter((id) => id !== null)
  const entries = await read.changes.entriesSince(scope, audiences, since, limit)
  const own = await read.conversations.ownMarks(scope, actor.memberId, conversationIds)
  const messages = await messagesSince(read, scope, own, conversationIds, since, limit)
  const marks = await read.conversations.marksSince(scope, conversationIds, since, limit)
  const changes = [
    ...(await hydrateEntries(read, scope, entries)).filter(isWithin(own)),
    ...messages.map(presentSending),
    ...marks.map(presentMarkChange),
  ]
  return changes.sort((a, b) => a.seq - b.seq).slice(0, limit)
}

/** Of what became of older messages only what is the actor's to see: in a group from their number on. */
function isWithin(own: readonly MarkRecord[]): (change: Change) => boolean {
  const from = new Map(own.map((mark) => [mark.conversationId, mark.from]))
  return ({ kind, data }) =>
    (kind !== 'message' && kind !== 'reaction') ||
    !data ||
    data.number >= (from.get(data.conversationId) ?? 1)
}

/** Messages that are the actor's to see: in a group only those that came since they joined, unless they see its history. */
async function messagesSince(
  read: SyncRead,
  scope: OrgScope,
  own: readonly MarkRecord[],
  conversationIds: readonly string[],
  since: number,
  limit: number,
): Promise<MessageRecord[]> {
  const later = own.filter(({ from, joinedSeq }) => from > 1 && joinedSeq > since + 1)
  const apart = new Set(later.map(({ conversationId }) => conversationId))
  const whole = apart.size === 0 ? conversationIds : conversationIds.filter((id) => !apart.has(id))
  const messages = [await read.messages.since(scope, whole, since, limit)]
  for (const { conversationId, joinedSeq } of later)
    messages.push(await read.messages.since(scope, [conversationId], joinedSeq - 1, limit))
  return messages.flat()
}

/** Everything a client starts from; of each conversation only the newest message, older ones are paged. */
export async function load(read: SyncRead, actor: Actor) {
  const head = await read.changes.head(actor.scope)
  const { audiences } = await audiencesOf(read, actor)
  const heads = await read.changes.heads(actor.scope, audiences)
  return { changes: await wholeOf(read, actor, audiences), heads: upTo(heads, head), cursor: head }
}

/** One audience whole. @throws DomainError not_found when the actor does not see it (A4) */
export async function loadAudience(read: SyncRead, actor: Actor, audience: string) {
  const { audiences } = await audiencesOf(read, actor)
  const visible = audiences.find((one) => one === audience)
  if (!visible) throw new DomainError('not_found')
  const heads = await read.changes.heads(actor.scope, [visible])
  return { changes: await wholeOf(read, actor, [visible]), head: heads.get(visible) ?? 0 }
}

/** What a client starts from; of the others there may be very many, or they are history: how access was come by is told by what can be seen. */
const KINDS_LOADED = (Object.keys(changeKinds) as ChangeKind[]).filter(
  (kind) => kind !== 'message' && kind !== 'reaction' && kind !== 'access' && kind !== 'mark',
)

async function wholeOf(read: SyncRead, actor: Actor, audiences: readonly Audience[]): Promise<Change[]> {
  const { scope } = actor
  const conversationIds = audiences
    .map((audience) => idIn(audience, 'conversation'))
    .filter((id) => id !== null)
  const entries = await read.changes.entriesOf(scope, audiences, KINDS_LOADED)
  const conversations = await read.conversations.getMany(scope, conversationIds)
  const direct = conversations.filter(({ kind }) => kind === 'direct').map(({ id }) => id)
  const marks = await read.conversations.marksOf(scope, direct)
  const messages = await read.messages.newestOf(scope, conversationIds)
  return [
    ...(await hydrateEntries(read, scope, entries)),
    ...marks.map(presentMarkChange),
    ...(await ownMarksIn(read, actor, audiences, entries)),
    ...messages.map(presentMessageChange),
    ...(await reactionChangesTo(read.reactions, scope, messages)),
  ]
}

/**
 * The actor's own marks where only they are told of them, if these audiences do so: in groups they are in or keep something of, and in
 * direct conversations as far as the other may not know.
 */
async function ownMarksIn(
  read: SyncRead,
  { scope, memberId }: Actor,
  audiences: readonly Audience[],
  entries: readonly FeedEntry[],
): Promise<Change[]> {
  const own = ofMember(memberId)
  if (!audiences.includes(own)) return []
  const kept = entries.filter(
    ({ audience, kind, gone }) => audience === own && kind === 'conversation' && !gone,
  )
  const ids = await read.conversations.idsOf(scope, memberId)
  const groups = (await read.conversations.getMany(scope, ids)).filter(({ kind }) => kind === 'group')
  const apart = new Set([...groups, ...kept].map(({ id }) => id))
  const marks = await read.conversations.ownMarks(scope, memberId, [...ids, ...kept.map(({ id }) => id)])
  return marks
    .filter(({ conversationId, seen, shown }) => apart.has(conversationId) || shown < seen)
    .map(presentOwnMarkChange)
}
