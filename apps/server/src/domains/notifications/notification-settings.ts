import type { NotificationChoices } from '@parley/contracts/notifications/notification-settings'

/** How a member has chosen to be told. */
export type ChoicesRecord = NotificationChoices
