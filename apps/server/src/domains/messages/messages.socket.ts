import type { Clock } from '../../kernel/clock.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { EventHandlers } from '../../platform/realtime/mount-events.ts'
import { sendMessage, type SendTx } from './send-message.ts'

interface Deps {
  readonly run: RunUseCase<SendTx>
  readonly clock: Clock
}

export const messageEvents = ({ run, clock }: Deps): Pick<EventHandlers, 'sendMessage'> => ({
  sendMessage: async ({ actor, payload, connectionId }) => ({
    change: await run(actor.scope, (tx) => sendMessage(tx, actor, payload, clock.now()), {
      origin: connectionId,
    }),
  }),
})
