import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import { hiddenOf } from '@parley/contracts/members/privacy'
import type { Message } from '@parley/contracts/messages/message'
import { emptiedQuote, isQuoteOver } from '@parley/contracts/messages/quote-now'
import type { RouteInput } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { Delivery, MessageView } from '../client-api.ts'
import type { ReactionView } from '../messages/reaction-view.ts'
import { waitingFile } from '../files/outgoing.ts'
import type { MessageRecord, OutboxEntry, QueuedCall } from '../local-store/local-store.ts'
import { callAbout, dataOf, isGroup, marksOf, type ReplicaState } from '../replica/replica-state.ts'
import { noReactions, reactionViews } from './reaction-views.ts'
import { isStarred, notesAnything } from './own-messages.ts'
import { withoutOverQuote } from './without-over-quote.ts'
import { deleteKey, editKey, reactKey } from './message-calls.ts'

/** How far all others of a conversation have received and read. */
interface OthersMarks {
  readonly delivered: number
  readonly seen: number
}

/** The same object, so that rows without files stay as they are. */
const none: MessageView['files'] = []
const nobodyYet: OthersMarks = { delivered: 0, seen: 0 }

/** Whether the member keeps to themselves what they read: then they do not see it of others. In direct chats the server sees to that. */
function hidesSeen(state: ReplicaState): boolean {
  const me = state.meta.session?.memberId
  const privacy = me === undefined ? undefined : dataOf(state, 'own-profile', me)?.privacy
  if (!privacy?.hideSeen) return false
  const rules = [...state.records.communication.values()][0]?.data ?? DEFAULT_COMMUNICATION
  return hiddenOf(privacy, rules).hideSeen
}

export function othersMarks(state: ReplicaState, conversationId: string): OthersMarks {
  // who sends has read, so that how far everybody is says how far all others are
  if (isGroup(state, conversationId)) {
    const reach = dataOf(state, 'reach', conversationId) ?? nobodyYet
    return hidesSeen(state) ? { ...reach, seen: 0 } : reach
  }
  const me = state.meta.session?.memberId
  let delivered = Infinity
  let seen = Infinity
  for (const memberId of dataOf(state, 'conversation', conversationId)?.memberIds ?? []) {
    if (memberId === me) continue
    const marks = marksOf(state, conversationId, memberId)
    delivered = Math.min(delivered, marks.delivered)
    seen = Math.min(seen, marks.seen)
  }
  return delivered === Infinity ? nobodyYet : { delivered, seen }
}

function deliveryOf(
  { number, senderId, notice, imported }: Message,
  me: string | undefined,
  others: OthersMarks,
): Delivery {
  // a system line was sent by nobody, and who imports did not write what has an author of its own
  if (notice || senderId !== me || typeof imported?.author === 'string') return 'received'
  if (number <= others.seen) return 'seen'
  return number <= others.delivered ? 'delivered' : 'sent'
}

/** A view with what it was made of. */
interface Made {
  readonly view: MessageView
  readonly edit: QueuedCall | undefined
  readonly deleting: boolean
  readonly reacting: QueuedCall | undefined
  readonly starred: boolean
  /** What it answers is gone since. */
  readonly quoteOver: boolean
}

/** Makes views of messages and gives the same object for as long as nothing in it changed. */
export class MessageViews {
  readonly #state: ReplicaState
  readonly #confirmed = new WeakMap<MessageRecord, Made>()
  readonly #queued = new WeakMap<OutboxEntry, MessageView>()
  readonly #now: () => number

  /** @param now the server's time */
  constructor(state: ReplicaState, now: () => number) {
    this.#state = state
    this.#now = now
  }

  of(record: MessageRecord, me: string | undefined, others: OthersMarks): MessageView {
    const { message } = record
    const delivery = deliveryOf(message, me, others)
    // most chats have nothing under way, and need no key for each of their messages
    const idle = this.#state.calls.size === 0
    const edit = idle ? undefined : callAbout(this.#state, editKey(message.id))
    const deleting = !idle && callAbout(this.#state, deleteKey(message.id))?.state === 'queued'
    const reacting = idle ? undefined : callAbout(this.#state, reactKey(message.id))
    const starred = notesAnything(this.#state) && isStarred(this.#state, message)
    const shown = withoutOverQuote(record, this.#now())
    const quoteOver = shown !== record
    const before = this.#confirmed.get(record)
    const same =
      before?.view.delivery === delivery &&
      before.edit === edit &&
      before.deleting === deleting &&
      before.reacting === reacting &&
      before.starred === starred &&
      before.quoteOver === quoteOver
    if (same) return before.view
    const made = confirmedView(shown, delivery, edit, reactionViews(record, me, reacting))
    const told = starred && !made.deleted ? { ...made, starred } : made
    const view = deleting && !made.deleted ? asDeleted(made) : told
    this.#confirmed.set(record, { view, edit, deleting, reacting, starred, quoteOver })
    return view
  }

  ofQueued(entry: OutboxEntry, me: string | undefined, stage: 'queued' | 'sending' | 'sent'): MessageView {
    const delivery: Delivery = entry.state === 'failed' ? 'failed' : stage
    const before = this.#queued.get(entry)
    const quoteOver = isQuoteOver(entry.replyTo, this.#now())
    if (before?.delivery === delivery && (!quoteOver || before.replyTo?.kind === 'deleted')) return before
    const made = queuedView(entry, me ?? '', delivery)
    const view = made.replyTo && quoteOver ? { ...made, replyTo: emptiedQuote(made.replyTo) } : made
    this.#queued.set(entry, view)
    return view
  }
}

/** A message that is being deleted looks as it will. */
const asDeleted = (view: MessageView): MessageView => ({
  ...view,
  text: '',
  files: [],
  replyTo: null,
  forwarded: false,
  mentions: null,
  linkPreview: null,
  edited: false,
  deleted: true,
  reactions: noReactions,
  saving: true,
  refusedEdit: null,
})

type EditBody = RouteInput<Routes['editMessage']>['body']

/** @param edit of one's own that is under way, or was refused */
function confirmedView(
  { message }: MessageRecord,
  delivery: Delivery,
  edit: QueuedCall | undefined,
  reactions: readonly ReactionView[],
): MessageView {
  const { id, conversationId, number, senderId, notice, sentAt, replyTo, deletedAt } = message
  const body = edit && (edit.input as { readonly body: EditBody }).body
  const typed = body?.text
  const deleted = deletedAt !== undefined
  const shown = typed !== undefined && edit?.state === 'queued' && !deleted ? typed : null
  const failure = edit?.failure ?? null
  return {
    id,
    conversationId,
    number,
    senderId,
    text: shown ?? message.text,
    notice,
    sentAt,
    expiresAt: message.expiresAt ?? null,
    starred: false,
    replyTo: replyTo ?? null,
    forwarded: message.forwarded === true,
    imported: message.imported ?? null,
    mentions: (shown === null ? message.mentions : body?.mentions) ?? null,
    linkPreview: message.linkPreview ?? null,
    files: message.files ?? none,
    edited: message.editedAt !== undefined || shown !== null,
    deleted,
    reactions: deleted ? noReactions : reactions,
    saving: shown !== null,
    refusedEdit:
      edit && typed !== undefined && failure !== null ? { key: edit.key, text: typed, failure } : null,
    delivery,
    failure: null,
  }
}

const queuedView = (entry: OutboxEntry, me: string, delivery: Delivery): MessageView => ({
  id: entry.id,
  conversationId: entry.conversationId,
  number: null,
  senderId: me,
  text: entry.text,
  notice: null,
  sentAt: entry.createdAt,
  expiresAt: null,
  starred: false,
  replyTo: entry.replyTo ?? null,
  forwarded: entry.forwardOf !== undefined,
  imported: null,
  mentions: entry.mentions ?? null,
  linkPreview: null,
  files: entry.files?.map(waitingFile) ?? none,
  edited: false,
  deleted: false,
  reactions: noReactions,
  saving: false,
  refusedEdit: null,
  delivery,
  failure: entry.failure,
})
