import { sealActivity } from '../../../kernel/activity-chain.ts'
import type {
  ActivityDraft,
  ActivityLogReader,
  ActivityLogWriter,
  ActivityRecord,
} from '../../../kernel/activity-log.ts'
import { systemClock } from '../../../kernel/clock.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View, WritingView } from './view.ts'

const COLUMNS = 'number, at, member, address, device, action, about, changes, previous, hash'
const NEWEST = sql(`SELECT ${COLUMNS} FROM activity WHERE org = ? ORDER BY number DESC LIMIT 1`)
const PAGE = sql(`SELECT ${COLUMNS} FROM activity WHERE org = ? AND number > ? ORDER BY number LIMIT ?`)
const INSERT = sql(`INSERT INTO activity (org, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

type Row = Omit<ActivityRecord, 'memberId'> & { readonly member: string | null }

export class ActivityTable implements ActivityLogReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async newest(scope: OrgScope): Promise<ActivityRecord | null> {
    return this.last(scope)
  }

  async page(scope: OrgScope, after: number, limit: number): Promise<ActivityRecord[]> {
    const org = findOrg(this.view, scope)
    return org ? (this.view.db.all(PAGE, org.n, after, limit) as Row[]).map(recordOf) : []
  }

  protected last(scope: OrgScope): ActivityRecord | null {
    const org = findOrg(this.view, scope)
    const row = org && (this.view.db.get(NEWEST, org.n) as Row | undefined)
    return row ? recordOf(row) : null
  }
}

/** Adds lines; that none is changed or removed is held by triggers of the table itself. */
export class WritableActivityTable extends ActivityTable implements ActivityLogWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async append(scope: OrgScope, draft: ActivityDraft): Promise<ActivityRecord> {
    const db = this.view.writing(scope)
    const { n } = requireOrg(this.view, scope)
    const line = sealActivity(scope, this.last(scope), draft, systemClock.now())
    const { number, at, memberId, address, device, action, about, changes, previous, hash } = line
    db.run(INSERT, n, number, at, memberId, address, device, action, about, changes, previous, hash)
    return line
  }
}

const recordOf = (row: Row): ActivityRecord => ({
  number: row.number,
  at: row.at,
  memberId: row.member,
  address: row.address,
  device: row.device,
  action: row.action,
  about: row.about,
  changes: row.changes,
  previous: row.previous,
  hash: row.hash,
})
