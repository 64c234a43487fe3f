import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { changeChatPreference } from './change-chat-preference.ts'
import { changeChatSettings } from './change-chat-settings.ts'
import type { ChatPreferenceWriter } from './chat-preference-store.ts'

interface Deps {
  readonly run: RunUseCase<{
    readonly conversations: ConversationReader
    readonly chatPreferences: ChatPreferenceWriter
    readonly changes: ChangeFeedWriter
  }>
}

type Handled = 'changeChatPreference' | 'changeChatSettings'

export const chatPreferenceRoutes = ({ run }: Deps): Pick<RouteHandlers, Handled> => ({
  changeChatPreference: async ({ actor, params, body }) => ({
    change: await run(actor.scope, (tx) => changeChatPreference(tx, actor, params.conversationId, body)),
  }),
  changeChatSettings: async ({ actor, body }) => ({
    change: await run(actor.scope, (tx) => changeChatSettings(tx, actor, body)),
  }),
})
