import type { NotificationChoices } from '@parley/contracts/notifications/notification-settings'
import { usualChoices } from '@parley/contracts/notifications/rules'
import type { Actor } from '../../kernel/actor.ts'
import { ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import type { NotificationSettingsWriter } from './notification-settings-store.ts'
import { presentSettings } from './present-push.ts'

interface Tx {
  readonly notificationSettings: NotificationSettingsWriter
  readonly changes: ChangeFeedWriter
}

/** A member chooses how they are told; their other devices hear of it. */
export async function changeSettings(
  tx: Tx,
  { scope, memberId }: Actor,
  patch: Patch<NotificationChoices>,
): Promise<NotificationChoices> {
  const before = (await tx.notificationSettings.get(scope, memberId)) ?? usualChoices
  const after: NotificationChoices = { ...before, ...given(patch) }
  await tx.notificationSettings.put(scope, memberId, after)
  await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'notification-settings',
    id: memberId,
    data: presentSettings(memberId, after),
  })
  return after
}
