import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { EventHandlers } from '../../platform/realtime/mount-events.ts'
import type { Realtime } from '../../platform/realtime/realtime.ts'
import { requireReadable } from './conversation-access.ts'
import type { ConversationReader, ConversationWriter } from './conversation-store.ts'
import { raiseMarks } from './raise-marks.ts'

interface Deps {
  readonly run: RunUseCase<{ readonly conversations: ConversationWriter; readonly changes: ChangeFeedWriter }>
  readonly read: { readonly conversations: ConversationReader }
  readonly realtime: Pick<Realtime, 'toMembers'>
}

export const conversationEvents = ({
  run,
  read,
  realtime,
}: Deps): Pick<EventHandlers, 'raiseMarks' | 'signalTyping'> => ({
  raiseMarks: async ({ actor, payload }) => {
    await run(actor.scope, (tx) => raiseMarks(tx, actor, payload.marks))
    return {}
  },
  signalTyping: async ({ actor, payload }) => {
    const { conversationId, typing } = payload
    const conversation = await requireReadable(read.conversations, actor, conversationId)
    const others = conversation.memberIds.filter((memberId) => memberId !== actor.memberId)
    realtime.toMembers(others, 'typing', { conversationId, memberId: actor.memberId, typing })
  },
})
