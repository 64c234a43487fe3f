import { PUSH_LEDGER_MAX } from '@parley/contracts/notifications/bounds'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { requireMember } from '../members/member-access.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { SessionReader, SessionWriter } from '../sessions/session-store.ts'
import { changeSettings } from './change-settings.ts'
import type { NotificationSettingsWriter } from './notification-settings-store.ts'
import { presentLedger, presentSettings } from './present-push.ts'
import type { PushSender } from './push-sender.ts'
import type { PushReader, PushWriter } from './push-store.ts'
import { queueTests } from './queue-tests.ts'
import { subscribeDevice, unsubscribeDevice } from './subscribe-device.ts'

interface Deps {
  readonly run: RunUseCase<{
    readonly sessions: SessionWriter
    readonly pushes: PushWriter
    readonly notificationSettings: NotificationSettingsWriter
    readonly changes: ChangeFeedWriter
  }>
  readonly read: {
    readonly members: MemberReader
    readonly conversations: ConversationReader
    readonly sessions: SessionReader
    readonly pushes: PushReader
  }
  /** null where this installation sends no pushes. */
  readonly sender: PushSender | null
  readonly clock: Clock
  readonly onQueued: (scope: OrgScope) => void
}

type Handled =
  | 'changeNotificationSettings'
  | 'pushSetup'
  | 'subscribeToPush'
  | 'unsubscribeFromPush'
  | 'listPushes'
  | 'listMemberPushes'
  | 'testPush'

export const notificationRoutes = (deps: Deps): Pick<RouteHandlers, Handled> => {
  const { run, read, sender, clock, onQueued } = deps
  const ledgerOf = async ({ scope, ...actor }: Actor, memberId: string) => {
    const pushes = await read.pushes.listOf(scope, memberId, PUSH_LEDGER_MAX)
    const shared = new Set<string>()
    for (const id of new Set(pushes.map(({ topic }) => topic)))
      if ((await read.conversations.get(scope, id))?.memberIds.includes(actor.memberId)) shared.add(id)
    const devices = await read.sessions.withPush(scope, memberId)
    const currentId = memberId === actor.memberId ? actor.sessionId : null
    return presentLedger(pushes, devices, (id) => shared.has(id), currentId)
  }
  return {
    changeNotificationSettings: async ({ actor, body }) =>
      presentSettings(actor.memberId, await run(actor.scope, (tx) => changeSettings(tx, actor, body))),
    pushSetup: async ({ actor }) => {
      const session = await read.sessions.get(actor.scope, actor.sessionId)
      return { publicKey: sender?.publicKey ?? null, endpoint: session?.push?.endpoint ?? null }
    },
    subscribeToPush: async ({ actor, body }) => {
      if (!sender) throw new DomainError('push_unavailable')
      if (!sender.mayCall(body.endpoint)) throw new DomainError('push_address_refused')
      await run(actor.scope, (tx) => subscribeDevice(tx, actor, body))
    },
    unsubscribeFromPush: ({ actor }) => run(actor.scope, (tx) => unsubscribeDevice(tx, actor)),
    listPushes: ({ actor }) => ledgerOf(actor, actor.memberId),
    listMemberPushes: async ({ actor, params }) => {
      await requireMember(read.members, actor.scope, params.memberId)
      return ledgerOf(actor, params.memberId)
    },
    testPush: async ({ actor }) => {
      if (!sender) throw new DomainError('push_unavailable')
      const lines = await run(actor.scope, (tx) => queueTests(tx, actor, clock.now()))
      onQueued(actor.scope)
      return { lines }
    },
  }
}
