import type { ChoicesRecord } from '../../../../domains/notifications/notification-settings.ts'
import type {
  NotificationSettingsReader,
  NotificationSettingsWriter,
} from '../../../../domains/notifications/notification-settings-store.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { notificationSettings } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class NotificationSettingsReads implements NotificationSettingsReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, memberId: string): Promise<ChoicesRecord | null> {
    return (await (await this.#views(scope)).get(notificationSettings, memberId))?.choices ?? null
  }
}

export class NotificationSettingsWrites
  extends NotificationSettingsReads
  implements NotificationSettingsWriter
{
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async put(scope: OrgScope, memberId: string, choices: ChoicesRecord): Promise<void> {
    const view = await this.#views(scope)
    view.upsert(notificationSettings, { memberId, choices })
  }
}
