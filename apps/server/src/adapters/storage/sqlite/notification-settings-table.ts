import type { ChoicesRecord } from '../../../domains/notifications/notification-settings.ts'
import type {
  NotificationSettingsReader,
  NotificationSettingsWriter,
} from '../../../domains/notifications/notification-settings-store.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findMember } from './member-table.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View, WritingView } from './view.ts'

const FIND = sql('SELECT choices FROM notification_settings WHERE member = ?')
const PUT = sql(`INSERT INTO notification_settings (member, choices) VALUES (?, ?)
  ON CONFLICT DO UPDATE SET choices = excluded.choices`)

export class NotificationSettingsTable implements NotificationSettingsReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, memberId: string): Promise<ChoicesRecord | null> {
    const org = findOrg(this.view, scope)
    const member = org && findMember(this.view, org.n, memberId)
    const row = member && (this.view.db.get(FIND, member.n) as { choices: string } | undefined)
    return row ? (JSON.parse(row.choices) as ChoicesRecord) : null
  }
}

export class WritableNotificationSettingsTable
  extends NotificationSettingsTable
  implements NotificationSettingsWriter
{
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async put(scope: OrgScope, memberId: string, choices: ChoicesRecord): Promise<void> {
    const db = this.view.writing(scope)
    const member = findMember(this.view, requireOrg(this.view, scope).n, memberId)
    if (!member) throw new DomainError('not_found', { cause: 'the member does not exist' })
    db.run(PUT, member.n, JSON.stringify(choices))
  }
}
