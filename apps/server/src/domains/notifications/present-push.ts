import type { RouteResponse } from '@parley/contracts/kernel/route'
import type {
  NotificationChoices,
  NotificationSettings,
} from '@parley/contracts/notifications/notification-settings'
import type { Push } from '@parley/contracts/notifications/push'
import type { Routes } from '@parley/contracts/routes'
import type { SessionRecord } from '../sessions/session.ts'
import { serviceOf, type PushRecord } from './push.ts'

/** To the member, and to admins. */
const presentPush = (push: PushRecord): Push => ({
  line: push.id,
  kind: push.kind,
  conversationId: push.kind === 'message' ? push.topic : null,
  device: push.device,
  service: push.service,
  state: push.state,
  reason: push.reason,
  status: push.status,
  attempts: push.attempts,
  queuedAt: push.queuedAt,
  at: push.at,
})

/** @param currentId the session that asks, if it is one of the member's own */
export const presentLedger = (
  pushes: readonly PushRecord[],
  devices: readonly SessionRecord[],
  currentId: string | null,
): RouteResponse<Routes['listPushes']> => ({
  pushes: pushes.map(presentPush),
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
