import type { Clock } from '../../kernel/clock.ts'
import type { ChangeFeedReader } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { SessionRecord } from '../sessions/session.ts'
import type { ComposeRead, IsAtDevice } from './compose-push.ts'
import { createDeliveries, type Deliveries, type DeliveryTx } from './deliver-pushes.ts'
import { createMessageFollower, type MessageFollower } from './follow-messages.ts'
import type { PushSender } from './push-sender.ts'
import { createWithdrawals, type Withdrawals } from './withdraw-pushes.ts'

interface Deps {
  readonly run: RunUseCase<DeliveryTx>
  readonly read: ComposeRead & { readonly changes: ChangeFeedReader }
  readonly sender: PushSender
  readonly isAtDevice: IsAtDevice
  readonly clock: Clock
  readonly isConnected: (session: SessionRecord) => boolean
  readonly onFailure: (error: unknown) => void
}

/** The three that tell devices: one finds what there is to tell, one sends it, one takes it back. */
export interface DeviceTelling {
  readonly follower: MessageFollower
  readonly deliveries: Deliveries
  readonly withdrawals: Withdrawals
  /** Goes on where a stopped or killed process left off. */
  resume(scope: OrgScope): void
  stop(): Promise<void>
}

export function createDeviceTelling(deps: Deps): DeviceTelling {
  const onQueued = (scope: OrgScope) => deliveries.wake(scope)
  const withdrawals = createWithdrawals({ ...deps, onQueued })
  const deliveries = createDeliveries({
    ...deps,
    onTold: (scope, memberId, conversationId) => withdrawals.note(scope, memberId, conversationId),
  })
  const follower = createMessageFollower({ ...deps, onQueued })
  return {
    follower,
    deliveries,
    withdrawals,
    resume(scope) {
      follower.wake(scope)
      deliveries.wake(scope)
    },
    async stop() {
      await follower.stop()
      await deliveries.stop()
      await withdrawals.stop()
    },
  }
}
