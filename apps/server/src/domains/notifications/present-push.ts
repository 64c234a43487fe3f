import type { RouteResponse } from '@parley/contracts/kernel/route'
import type {
  NotificationChoices,
  NotificationSettings,
} from '@parley/contracts/notifications/notification-settings'
import type { Push } from '@parley/contracts/notifications/push'
import type { Routes } from '@parley/contracts/routes'
import type { SessionRecord } from '../sessions/session.ts'
import { serviceOf, type PushRecord } from './push.ts'

/** Which conversations whoever reads a ledger takes part in: who talks to whom elsewhere is not theirs to know. */
export type TakesPart = (conversationId: string) => boolean

const presentPush = (push: PushRecord, takesPart: TakesPart): Push => ({
  line: push.id,
  kind: push.kind,
  conversationId: push.kind === 'message' && takesPart(push.topic) ? push.topic : null,
  device: push.device,
  service: push.service,
  state: push.state,
  reason: push.reason,
  status: push.status,
  attempts: push.attempts,
  queuedAt: push.queuedAt,
  at: push.at,
})

/**
 * To the member, and to admins.
 * @param takesPart whoever reads it
 * @param currentId the session that asks, if it is one of the member's own
 */
export const presentLedger = (
  pushes: readonly PushRecord[],
  devices: readonly SessionRecord[],
  takesPart: TakesPart,
  currentId: string | null,
): RouteResponse<Routes['listPushes']> => ({
  pushes: pushes.map((push) => presentPush(push, takesPart)),
  devices: devices.map(({ id, device, push }) => ({
    device,
    service: push ? serviceOf(push.endpoint) : '',
    current: id === currentId,
  })),
})

/** To the member alone. */
export const presentSettings = (memberId: string, choices: NotificationChoices): NotificationSettings => ({
  memberId,
  sounds: choices.sounds,
  preview: choices.preview,
  mentionsPassMute: choices.mentionsPassMute,
  quietHours: choices.quietHours,
})
