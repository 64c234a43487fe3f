import type { Clock } from '../../kernel/clock.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import { requireHistory } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { presentConversation } from '../conversations/present-conversation.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { MessageRecord } from './message.ts'
import type { MessageReader } from './message-store.ts'
import { messagesAsKept } from './message-as-kept.ts'
import { isExpired } from './message-rules.ts'
import { presentMessageChange } from './present-message.ts'
import { withoutExpired } from './without-expired.ts'
import { reactionChangesTo } from './present-reaction.ts'
import { reactToMessage, type ReactTx } from './react-to-message.ts'
import type { ReactionReader } from './reaction-store.ts'
import { deleteMessage, type DeleteTx } from './delete-message.ts'
import { listEdits } from './list-edits.ts'
import { listStarred } from './list-starred.ts'
import { hideMessage, starMessage, type NoteTx } from './note-message.ts'
import type { OwnMessageReader } from './own-message-store.ts'
import { editMessage, type EditTx } from './edit-message.ts'
import { pinMessage } from './pin-message.ts'
import { setDisappearing } from './set-disappearing.ts'
import { sendMessage, type SendTx } from './send-message.ts'

interface Deps {
  readonly run: RunUseCase<SendTx & EditTx & DeleteTx & ReactTx & NoteTx>
  readonly read: {
    readonly conversations: ConversationReader
    readonly messages: MessageReader
    readonly reactions: ReactionReader
    readonly ownMessages: OwnMessageReader
    readonly chatPreferences: ChatPreferenceReader
  }
  readonly clock: Clock
}

type Handled =
  | 'starMessage'
  | 'hideMessage'
  | 'starredMessages'
  | 'listMessages'
  | 'sendMessageByRequest'
  | 'editMessage'
  | 'deleteMessage'
  | 'reactToMessage'
  | 'pinMessage'
  | 'listEdits'
  | 'setDisappearing'

interface Asked {
  readonly conversationId: string
  readonly before?: number | undefined
  readonly from?: number | undefined
  readonly limit: number
}

/** The page that was asked for, of what is the actor's to read. */
function pageOf(
  messages: MessageReader,
  { scope }: Actor,
  { conversationId, before, from: onward, limit }: Asked,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<MessageRecord[]> {
  if (onward !== undefined)
    return messages.pageFrom(scope, conversationId, { from: Math.max(onward, from), until, limit })
  const end = Math.min(before ?? Infinity, until + 1)
  return messages.page(scope, conversationId, { limit, from, ...(end < Infinity && { before: end }) })
}

export const messageRoutes = ({ run, read, clock }: Deps): Pick<RouteHandlers, Handled> => ({
  listMessages: async ({ actor, params, query }) => {
    const { conversationId } = params
    const history = await requireHistory(read.conversations, actor, conversationId)
    const preference = await read.chatPreferences.get(actor.scope, actor.memberId, conversationId)
    const from = Math.max(history.from, (preference?.cleared?.number ?? 0) + 1)
    const { until } = history
    const stored = await pageOf(read.messages, actor, { ...params, ...query }, { from, until })
    const hasLeft = until < Infinity
    const page = hasLeft ? await messagesAsKept(read.messages, actor.scope, stored, until) : stored
    // numbers have no gaps (Y7), so the first one that may be seen ends the history
    const oldest = page[0]?.number ?? from
    const last = Math.min(until, await read.conversations.lastNumber(actor.scope, conversationId))
    const reachedEnd = (page.at(-1)?.number ?? last) >= last
    const reachedStart = page.length > 0 || query.from === undefined ? oldest <= from : false
    // who has left keeps what was said, not what others thought of it
    const now = clock.now()
    const present = page.filter((message) => !isExpired(message, now))
    const reactions = hasLeft ? [] : await reactionChangesTo(read.reactions, actor.scope, present)
    const changes = withoutExpired(page.map(presentMessageChange), now)
    return { changes, reactions, reachedStart, reachedEnd }
  },
  sendMessageByRequest: async ({ actor, params, body }) => {
    const given = { ...body, conversationId: params.conversationId }
    const change = await run(actor.scope, (tx) => sendMessage(tx, actor, given, clock.now()))
    if (!change.data) throw new Error('a sent message has data')
    return change.data
  },
  starMessage: async ({ actor, params, body }) => ({
    change: await run(actor.scope, (tx) => starMessage(tx, actor, { ...params, ...body }, clock.now())),
  }),
  hideMessage: async ({ actor, params: { messageId } }) => ({
    change: await run(actor.scope, (tx) => hideMessage(tx, actor, messageId, clock.now())),
  }),
  starredMessages: async ({ actor, body: { messageIds } }) => {
    const now = clock.now()
    const starred = await listStarred(read, actor, messageIds, now)
    return { changes: withoutExpired(starred.map(presentMessageChange), now) }
  },
  reactToMessage: async ({ actor, params, body }) => ({
    change: await run(actor.scope, (tx) => reactToMessage(tx, actor, { ...params, ...body }, clock.now())),
  }),
  deleteMessage: async ({ actor, params: { messageId } }) => ({
    change: await run(actor.scope, (tx) => deleteMessage(tx, actor, messageId, clock.now())),
  }),
  editMessage: async ({ actor, params, body }) => ({
    change: await run(actor.scope, (tx) => editMessage(tx, actor, { ...params, ...body }, clock.now())),
  }),
  listEdits: async ({ actor, params: { messageId } }) => ({
    edits: (await listEdits(read, actor, messageId, clock.now())).map(({ text, at }) => ({ text, at })),
  }),
  pinMessage: async ({ actor, params, body }) => ({
    changes: await run(actor.scope, (tx) => pinMessage(tx, actor, { ...params, ...body }, clock.now())),
  }),
  setDisappearing: async ({ actor, params: { conversationId }, body: { after } }) =>
    presentConversation(
      await run(actor.scope, (tx) => setDisappearing(tx, actor, conversationId, after, clock.now())),
    ),
})
