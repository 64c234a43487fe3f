import type { Clock } from '../../kernel/clock.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { requireHistory } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MessageReader } from './message-store.ts'
import { messagesAsKept } from './message-as-kept.ts'
import { presentMessageChange } from './present-message.ts'
import { editMessage, type EditTx } from './edit-message.ts'
import { sendMessage, type SendTx } from './send-message.ts'

interface Deps {
  readonly run: RunUseCase<SendTx & EditTx>
  readonly read: { readonly conversations: ConversationReader; readonly messages: MessageReader }
  readonly clock: Clock
}

type Handled = 'listMessages' | 'sendMessageByRequest' | 'editMessage'

export const messageRoutes = ({ run, read, clock }: Deps): Pick<RouteHandlers, Handled> => ({
  listMessages: async ({ actor, params, query }) => {
    const { conversationId } = params
    const { from, until } = await requireHistory(read.conversations, actor, conversationId)
    const before = Math.min(query.before ?? Infinity, until + 1)
    const range = { limit: query.limit, from, ...(before < Infinity && { before }) }
    const stored = await read.messages.page(actor.scope, conversationId, range)
    const hasLeft = until < Infinity
    const page = hasLeft ? await messagesAsKept(read.messages, actor.scope, stored, until) : stored
    // numbers have no gaps (Y7), so the first one that may be seen ends the history
    const oldest = page[0]?.number ?? from
    return { changes: page.map(presentMessageChange), reachedStart: oldest <= from }
  },
  sendMessageByRequest: async ({ actor, params, body }) => {
    const given = { ...body, conversationId: params.conversationId }
    const change = await run(actor.scope, (tx) => sendMessage(tx, actor, given, clock.now()))
    if (!change.data) throw new Error('a sent message has data')
    return change.data
  },
  editMessage: async ({ actor, params, body }) => ({
    change: await run(actor.scope, (tx) => editMessage(tx, actor, { ...params, ...body }, clock.now())),
  }),
})
