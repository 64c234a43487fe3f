import type { Clock } from '../../kernel/clock.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { requireReadable } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MessageReader } from './message-store.ts'
import { presentMessageChange } from './present-message.ts'
import { sendMessage, type SendTx } from './send-message.ts'

interface Deps {
  readonly run: RunUseCase<SendTx>
  readonly read: { readonly conversations: ConversationReader; readonly messages: MessageReader }
  readonly clock: Clock
}

type Handled = 'listMessages' | 'sendMessageByRequest'

export const messageRoutes = ({ run, read, clock }: Deps): Pick<RouteHandlers, Handled> => ({
  listMessages: async ({ actor, params, query }) => {
    const { conversationId } = params
    await requireReadable(read.conversations, actor, conversationId)
    const page = await read.messages.page(actor.scope, conversationId, query)
    // numbers have no gaps (Y7), so the first one ends the history
    const oldest = page[0]?.number ?? 1
    return { changes: page.map(presentMessageChange), reachedStart: oldest <= 1 }
  },
  sendMessageByRequest: async ({ actor, params, body }) => {
    const given = { ...body, conversationId: params.conversationId }
    const change = await run(actor.scope, (tx) => sendMessage(tx, actor, given, clock.now()))
    if (!change.data) throw new Error('a sent message has data')
    return change.data
  },
})
