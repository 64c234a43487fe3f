import { sealActivity } from '../../../../kernel/activity-chain.ts'
import type {
  ActivityDraft,
  ActivityLogReader,
  ActivityLogWriter,
  ActivityRecord,
} from '../../../../kernel/activity-log.ts'
import { systemClock } from '../../../../kernel/clock.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { activity } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class ActivityReads implements ActivityLogReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async newest(scope: OrgScope): Promise<ActivityRecord | null> {
    const view = await this.#views(scope)
    return (await view.find(activity, { where: {}, order: ['number', -1], limit: 1 }))[0] ?? null
  }

  async page(scope: OrgScope, after: number, limit: number): Promise<ActivityRecord[]> {
    const view = await this.#views(scope)
    return view.find(activity, { where: { number: { above: after } }, order: ['number', 1], limit })
  }
}

/** Adds lines. A line's `_id` is its number, so that none is ever put in the place of another. */
export class ActivityWrites extends ActivityReads implements ActivityLogWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async append(scope: OrgScope, draft: ActivityDraft): Promise<ActivityRecord> {
    const view = await this.#views(scope)
    const line = sealActivity(scope, await this.newest(scope), draft, systemClock.now())
    view.insert(activity, line)
    return line
  }
}
