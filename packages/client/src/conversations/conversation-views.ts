import type { Member } from '@parley/contracts/members/member'
import { unreadCount } from '@parley/contracts/conversations/unread'
import type { Conversation } from '@parley/contracts/conversations/conversation'
import type { ChatRow, ConversationView, MessageView, Typers } from '../client-api.ts'
import type { History } from '../messages/history.ts'
import { MessageViews, othersMarks } from '../messages/message-views.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf, lastNumberOf, marksOf } from '../replica/replica-state.ts'
import { memo } from '../topics/topics.ts'
import { closedBecause, Participants } from './participants.ts'
import { TyperNames } from './typer-names.ts'
import type { Typing } from './typing.ts'

export interface ViewDeps {
  readonly replica: Replica
  readonly outbox: Outbox
  readonly history: History
  readonly typing: Typing
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
    this.#messages = new MessageViews(deps.replica.state)
    this.#participants = new Participants(deps.replica)
    this.#typers = new TyperNames(deps.replica)
    this.chats = memo(topics, ['chats', 'members'], () => this.#computeChats())
    this.totalUnread = memo(topics, ['chats'], () => this.#computeUnread())
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
    const { state } = this.#deps.replica
    const me = state.meta.session?.memberId
    if (me === undefined) return 0
    const newest = state.windows.get(conversationId)?.last?.message ?? null
    return unreadCount(newest, marksOf(state, conversationId, me))
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
    const messages = confirmed.map((record) => this.#messages.of(record, me, others))
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
    }
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
    return rows.sort((a, b) => b.activeAt - a.activeAt || (a.conversationId < b.conversationId ? 1 : -1))
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
    const { replica, typing } = this.#deps
    const { state } = replica
    const { id: conversationId, createdAt } = conversation
    const last = state.windows.get(conversationId)?.last
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
      draft: state.drafts.get(conversationId) ?? null,
      typing: typing.in(conversationId).length > 0,
      typers: this.typers(conversationId),
      activeAt: lastMessage?.sentAt ?? createdAt,
    }
  }

  #computeUnread(): number {
    const { records, meta } = this.#deps.replica.state
    if (!meta.session) return 0
    let total = 0
    for (const { id, data } of records.conversation.values()) if (data) total += this.unread(id)
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

const sameRow = (a: ChatRow, b: ChatRow): boolean =>
  a.other === b.other &&
  a.lastMessage === b.lastMessage &&
  a.unread === b.unread &&
  a.draft === b.draft &&
  a.typing === b.typing &&
  a.typers === b.typers &&
  a.group === b.group &&
  a.activeAt === b.activeAt
