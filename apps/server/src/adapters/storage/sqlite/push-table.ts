import type { PushReader, PushWriter } from '../../../domains/notifications/push-store.ts'
import type { PushRecord } from '../../../domains/notifications/push.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findMember, memberId as idOfMember } from './member-table.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View, WritingView } from './view.ts'

const COLUMNS = `id, member, session, kind, topic, device, service, number, state, reason, status, attempts, queued_at,
  at, expires_at`
const FOLLOWED = sql('SELECT seq FROM push_follow WHERE org = ?')
const FIND = sql(`SELECT ${COLUMNS} FROM pushes WHERE org = ? AND id = ?`)
const DUE = sql(
  `SELECT ${COLUMNS} FROM pushes WHERE org = ? AND state = 'queued' AND at <= ? ORDER BY at LIMIT ?`,
)
const NEXT = sql(`SELECT at FROM pushes WHERE org = ? AND state = 'queued' ORDER BY at LIMIT 1`)
const LAST = sql(`SELECT ${COLUMNS} FROM pushes
  WHERE org = ? AND session = ? AND topic = ? AND state <> 'queued' ORDER BY id DESC LIMIT 1`)
const OF_MEMBER = sql(`SELECT ${COLUMNS} FROM pushes WHERE member = ? ORDER BY id DESC LIMIT ?`)
const FOLLOW = sql(`INSERT INTO push_follow (org, seq) VALUES (?, ?)
  ON CONFLICT DO UPDATE SET seq = excluded.seq`)
const INSERT =
  sql(`INSERT INTO pushes (org, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (org, session, topic) WHERE state = 'queued' DO NOTHING`)
const UPDATE = sql(`UPDATE pushes SET number = ?, state = ?, reason = ?, status = ?, attempts = ?, at = ?
  WHERE org = ? AND id = ?`)
const REMOVE = sql('DELETE FROM pushes WHERE org = ? AND id = ?')
const HURRY = sql(
  `UPDATE pushes SET at = ? WHERE member = ? AND state = 'queued' AND attempts = 0 AND at > ?`,
)
const REMOVE_ENDED = sql(`DELETE FROM pushes WHERE org = ? AND at < ? AND state <> 'queued'`)

interface Row {
  id: string
  member: number
  session: string
  kind: PushRecord['kind']
  topic: string
  device: string
  service: string
  number: number
  state: PushRecord['state']
  reason: PushRecord['reason']
  status: number | null
  attempts: number
  queued_at: number
  at: number
  expires_at: number
}

export class PushTable implements PushReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async followed(scope: OrgScope): Promise<number | null> {
    const org = findOrg(this.view, scope)
    const row = org && (this.view.db.get(FOLLOWED, org.n) as { seq: number } | undefined)
    return row?.seq ?? null
  }

  async due(scope: OrgScope, at: number, limit: number): Promise<PushRecord[]> {
    const org = findOrg(this.view, scope)
    return org ? this.#pushes(this.view.db.all(DUE, org.n, at, limit)) : []
  }

  async nextDue(scope: OrgScope): Promise<number | null> {
    const org = findOrg(this.view, scope)
    const row = org && (this.view.db.get(NEXT, org.n) as { at: number } | undefined)
    return row?.at ?? null
  }

  async lastTold(scope: OrgScope, sessionId: string, topic: string): Promise<PushRecord | null> {
    const org = findOrg(this.view, scope)
    const row = org && this.view.db.get(LAST, org.n, sessionId, topic)
    return row ? this.pushOf(row as Row) : null
  }

  async listOf(scope: OrgScope, memberId: string, limit: number): Promise<PushRecord[]> {
    const org = findOrg(this.view, scope)
    const member = org && findMember(this.view, org.n, memberId)
    return member ? this.#pushes(this.view.db.all(OF_MEMBER, member.n, limit)) : []
  }

  #pushes(rows: unknown[]): PushRecord[] {
    return (rows as Row[]).map((row) => this.pushOf(row))
  }

  protected pushOf(row: Row): PushRecord {
    return {
      id: row.id,
      memberId: idOfMember(this.view, row.member),
      sessionId: row.session,
      kind: row.kind,
      topic: row.topic,
      device: row.device,
      service: row.service,
      number: row.number,
      state: row.state,
      reason: row.reason,
      status: row.status,
      attempts: row.attempts,
      queuedAt: row.queued_at,
      at: row.at,
      expiresAt: row.expires_at,
    }
  }
}

export class WritablePushTable extends PushTable implements PushWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async setFollowed(scope: OrgScope, seq: number): Promise<void> {
    this.view.writing(scope).run(FOLLOW, requireOrg(this.view, scope).n, seq)
  }

  async insert(scope: OrgScope, push: PushRecord): Promise<boolean> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope).n
    const member = findMember(this.view, org, push.memberId)?.n
    if (member === undefined) throw new DomainError('not_found', { cause: 'the member does not exist' })
    const { id, sessionId, kind, topic, device, service, number, state, reason, status } = push
    const about = [
      id,
      member,
      sessionId,
      kind,
      topic,
      device,
      service,
      number,
      state,
      reason,
      status,
    ] as const
    const { attempts, queuedAt, at, expiresAt } = push
    return db.run(INSERT, org, ...about, attempts, queuedAt, at, expiresAt).changes > 0
  }

  async update(scope: OrgScope, pushId: string, patch: Parameters<PushWriter['update']>[2]): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope).n
    const row = db.get(FIND, org, pushId) as Row | undefined
    if (!row) return
    const { number, state, reason, status, attempts, at } = { ...this.pushOf(row), ...patch }
    db.run(UPDATE, number, state, reason, status, attempts, at, org, pushId)
  }

  async remove(scope: OrgScope, pushId: string): Promise<void> {
    this.view.writing(scope).run(REMOVE, requireOrg(this.view, scope).n, pushId)
  }

  async hurry(scope: OrgScope, memberId: string, at: number): Promise<void> {
    const db = this.view.writing(scope)
    const member = findMember(this.view, requireOrg(this.view, scope).n, memberId)
    if (member) db.run(HURRY, at, member.n, at)
  }

  async removeEndedBefore(scope: OrgScope, at: number): Promise<void> {
    this.view.writing(scope).run(REMOVE_ENDED, requireOrg(this.view, scope).n, at)
  }
}
