import type { Member } from '@parley/contracts/members/member'
import { isMuted } from '@parley/contracts/chat-preferences/rules'
import type { Conversation } from '@parley/contracts/conversations/conversation'
import { archivedNow, preferenceOf, unreadIn } from '../chat-preferences/preference-of.ts'
import type { ChatRow, ConversationView, MessageView } from '../client-api.ts'
import type { Typers } from '../conversations/typers.ts'
import type { MessageRecord } from '../local-store/local-store.ts'
import type { History } from '../messages/history.ts'
import { unreadMentionsIn } from '../messages/mentions-in.ts'
import { isGone } from '../messages/is-gone.ts'
import { isHidden, notesAnything } from '../messages/own-messages.ts'
import { pinsOf } from '../messages/pins.ts'
import { messageAt } from '../messages/message-window.ts'
import type { Places } from '../messages/places.ts'
import { MessageViews, othersMarks } from '../messages/message-views.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf, lastNumberOf, marksOf, purgedIn, type ReplicaState } from '../replica/replica-state.ts'
import type { Moments } from '../sync/moments.ts'
import { memo } from '../topics/topics.ts'
import { closedBecause, Participants } from './participants.ts'
import { TyperNames } from './typer-names.ts'
import type { Typing } from './typing.ts'

export interface ViewDeps {
  readonly replica: Replica
  readonly outbox: Outbox
  readonly history: History
  readonly typing: Typing
  readonly moments: Moments
  readonly places: Pick<Places, 'one'>
}

interface Kept<T> {
  readonly revision: number
  readonly value: T
}

/** What a conversation screen and the chat list show; computed when asked for, and only where something changed. */
export class ConversationViews {
  readonly chats: () => readonly ChatRow[]
  readonly totalUnread: () => number
  readonly #deps: ViewDeps
  readonly #messages: MessageViews
  readonly #participants: Participants
  readonly #typers: TyperNames
  readonly #rows = new Map<string, Kept<ChatRow>>()
  readonly #views = new Map<string, Kept<ConversationView | null>>()

  constructor(deps: ViewDeps) {
    this.#deps = deps
    const { topics } = deps.replica
    this.#messages = new MessageViews(deps.replica.state, () => deps.moments.now())
    this.#participants = new Participants(deps.replica)
    this.#typers = new TyperNames(deps.replica)
    this.chats = memo(topics, ['chats', 'members'], () => this.#computeChats())
    this.totalUnread = memo(topics, ['chats', 'members'], () => this.#computeUnread())
  }

  conversation(conversationId: string): ConversationView | null {
    const { topics } = this.#deps.replica
    const revision = Math.max(topics.revision(`conversation:${conversationId}`), topics.revision('members'))
    const kept = this.#views.get(conversationId)
    if (kept?.revision === revision) return kept.value
    const value = this.#computeView(conversationId)
    this.#views.delete(conversationId)
    this.#views.set(conversationId, { revision, value })
    this.#forgetOldest()
    return value
  }

  unread(conversationId: string): number {
    return unreadIn(this.#deps.replica.state, conversationId, this.#deps.moments.now())
  }

  /** As in the client's API. */
  isNews(conversationId: string, number: number): boolean {
    const { state } = this.#deps.replica
    const window = state.windows.get(conversationId)
    if (!window || !dataOf(state, 'conversation', conversationId) || this.unread(conversationId) === 0)
      return false
    // what stands so far above has not been looked at for long, and is still unread
    if (number < window.shownFrom) return true
    const record = messageAt(window, number)
    return (
      record !== undefined && record.message.deletedAt === undefined && this.#shows(conversationId)(record)
    )
  }

  #computeView(conversationId: string): ConversationView | null {
    const { replica, history } = this.#deps
    const { state } = replica
    const conversation = dataOf(state, 'conversation', conversationId)
    const me = state.meta.session?.memberId
    if (!conversation || me === undefined) return null
    const others = othersMarks(state, conversationId)
    const place = state.places.get(conversationId)
    const lastNumber = lastNumberOf(state, conversationId)
    const reachedEnd = !place || place.until >= lastNumber
    const confirmed = (place ?? state.windows.get(conversationId))?.messages ?? []
    const messages = confirmed
      .filter(this.#shows(conversationId))
      .map((record) => this.#messages.of(record, me, others))
    const other = this.#other(conversation)
    return {
      conversation,
      participants: this.#participants.of(conversation),
      closed: closedBecause(conversation, me, other),
      other,
      messages: reachedEnd ? [...messages, ...this.#queued(conversationId)] : messages,
      place: place?.id ?? null,
      reachedEnd,
      loadingNewer: place?.loading === 'newer',
      reachedStart: place ? place.reachedStart : history.reachedStart(conversationId),
      loadingOlder: place ? place.loading === 'older' : history.isLoading(conversationId),
      loadFailure: place ? place.failure : history.failure(conversationId),
      seen: marksOf(state, conversationId, me).seen,
      lastNumber,
      unread: this.unread(conversationId),
      mentions: unreadMentionsIn(state, conversationId),
      pins: pinsOf(state, conversation).filter(({ number }) => number > clearedUpTo(state, conversationId)),
      purged: purgedIn(state, conversationId),
    }
  }

  /** One message, wherever it stands; null where it cannot be had. */
  async one(conversationId: string, number: number): Promise<MessageView | null> {
    const { replica, places } = this.#deps
    const record = await places.one(conversationId, number)
    if (!record || !this.#shows(conversationId)(record)) return null
    const others = othersMarks(replica.state, conversationId)
    return this.#messages.of(record, replica.state.meta.session?.memberId, others)
  }

  /** Which messages of a conversation are to be seen: not those that were cleared away, deleted for oneself or have disappeared. */
  #shows(conversationId: string): (record: MessageRecord) => boolean {
    const { replica, moments } = this.#deps
    const upTo = clearedUpTo(replica.state, conversationId)
    const disappearing = dataOf(replica.state, 'conversation', conversationId)?.disappearing
    const { state } = replica
    const noted = notesAnything(state)
    if (upTo === 0 && !disappearing && !noted) return () => true
    const now = moments.now()
    return ({ message }) =>
      message.number > upTo && !isGone(message, now) && !(noted && isHidden(state, message))
  }

  #queued(conversationId: string): MessageView[] {
    const { replica, outbox } = this.#deps
    const me = replica.state.meta.session?.memberId
    const entries = replica.state.outbox.get(conversationId) ?? []
    return entries.map((entry) => this.#messages.ofQueued(entry, me, outbox.stage(entry.id)))
  }

  typers(conversationId: string): Typers {
    return this.#typers.of(this.#deps.typing.in(conversationId))
  }

  #other(conversation: Conversation): Member | null {
    const { state } = this.#deps.replica
    if (conversation.kind !== 'direct') return null
    const id = conversation.memberIds.find((memberId) => memberId !== state.meta.session?.memberId)
    return id === undefined ? null : dataOf(state, 'member', id)
  }

  #computeChats(): readonly ChatRow[] {
    const { records, meta } = this.#deps.replica.state
    if (!meta.session) return []
    const rows: ChatRow[] = []
    for (const { data } of records.conversation.values()) if (data) rows.push(this.#row(data))
    for (const id of this.#rows.keys()) if (!records.conversation.get(id)?.data) this.#rows.delete(id)
    return rows.sort(inTheirOrder)
  }

  #row(conversation: Conversation): ChatRow {
    const { topics } = this.#deps.replica
    const revision = Math.max(topics.revision(`row:${conversation.id}`), topics.revision('members'))
    const kept = this.#rows.get(conversation.id)
    if (kept?.revision === revision) return kept.value
    const next = this.#computeRow(conversation)
    const value = kept && sameRow(kept.value, next) ? kept.value : next
    this.#rows.set(conversation.id, { revision, value })
    return value
  }

  #computeRow(conversation: Conversation): ChatRow {
    const { replica, typing, moments } = this.#deps
    const { state } = replica
    const { id: conversationId, createdAt } = conversation
    const preference = preferenceOf(state, conversationId)
    const muted = isMuted(preference, moments.now())
    const mutedUntil = muted ? (preference?.mutedUntil ?? null) : null
    if (mutedUntil !== null) moments.await(mutedUntil, conversationId)
    const window = state.windows.get(conversationId)
    const shows = this.#shows(conversationId)
    const last = window?.messages.findLast((record) => shows(record))
    const confirmed = last
      ? this.#messages.of(last, state.meta.session?.memberId, othersMarks(state, conversationId))
      : null
    const lastMessage = this.#queued(conversationId).at(-1) ?? confirmed
    return {
      conversationId,
      group: conversation.group,
      other: this.#other(conversation),
      lastMessage,
      unread: this.unread(conversationId),
      markedUnread: preference?.markedUnread ?? false,
      pinned: preference?.pinned ?? false,
      muted,
      mutedUntil,
      archived: archivedNow(state, conversationId),
      mentions: unreadMentionsIn(state, conversationId).length,
      draft: state.drafts.get(conversationId) ?? null,
      typing: typing.in(conversationId).length > 0,
      typers: this.typers(conversationId),
      activeAt: lastMessage?.sentAt ?? window?.last?.message.sentAt ?? createdAt,
    }
  }

  #computeUnread(): number {
    let total = 0
    for (const { unread, markedUnread, muted, archived } of this.chats()) {
      if (!muted && !archived) total += Math.max(unread, markedUnread ? 1 : 0)
    }
    return total
  }

  #forgetOldest(): void {
    if (this.#views.size <= 30) return
    for (const id of this.#views.keys()) {
      if (this.#deps.replica.topics.watched(`conversation:${id}`)) continue
      this.#views.delete(id)
      return
    }
  }
}

const clearedUpTo = (state: ReplicaState, conversationId: string): number =>
  preferenceOf(state, conversationId)?.cleared?.number ?? 0

/** Pinned first; among those and among the others the latest first. */
const inTheirOrder = (a: ChatRow, b: ChatRow): number =>
  Number(b.pinned) - Number(a.pinned) ||
  b.activeAt - a.activeAt ||
  (a.conversationId < b.conversationId ? 1 : -1)

const sameRow = (a: ChatRow, b: ChatRow): boolean =>
  a.other === b.other &&
  a.lastMessage === b.lastMessage &&
  a.unread === b.unread &&
  a.markedUnread === b.markedUnread &&
  a.pinned === b.pinned &&
  a.mutedUntil === b.mutedUntil &&
  a.archived === b.archived &&
  a.mentions === b.mentions &&
  a.draft === b.draft &&
  a.typing === b.typing &&
  a.typers === b.typers &&
  a.group === b.group &&
  a.activeAt === b.activeAt
