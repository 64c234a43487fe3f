import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ChoicesRecord } from './notification-settings.ts'

export interface NotificationSettingsReader {
  /** What a member has chosen; null as long as they have chosen nothing. */
  get(scope: OrgScope, memberId: string): Promise<ChoicesRecord | null>
}

export interface NotificationSettingsWriter extends NotificationSettingsReader {
  put(scope: OrgScope, memberId: string, choices: ChoicesRecord): Promise<void>
}
