import type { SessionWriter } from '../../../domains/sessions/session-store.ts'
import type { PasswordResetRecord, SessionRecord } from '../../../domains/sessions/session.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findMember } from './member-table.ts'
import { requireOrg } from './organisation-table.ts'
import { findSession, SessionTable } from './session-table.ts'
import { sql } from './sql.ts'
import type { WritingView } from './view.ts'

const INSERT = sql(`INSERT INTO sessions
  (org, id, member, device, address, created_at, last_used_at, expires_at, refresh_hash, ended_at, push)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const UPDATE =
  sql(`UPDATE sessions SET device = ?, address = ?, last_used_at = ?, expires_at = ?, refresh_hash = ?,
  ended_at = ?, push = ? WHERE org = ? AND id = ?`)
const REMOVE_EXPIRED = sql('DELETE FROM sessions WHERE org = ? AND expires_at < ? RETURNING id')
const REMOVE_ENDED = sql(
  'DELETE FROM sessions WHERE org = ? AND ended_at IS NOT NULL AND ended_at < ? RETURNING id',
)
const PUT_RESET = sql(`INSERT INTO password_resets (member, token_hash, expires_at) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`)
const REMOVE_RESET = sql('DELETE FROM password_resets WHERE member = ?')

export class WritableSessionTable extends SessionTable implements SessionWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, session: SessionRecord): Promise<void> {
    const db = this.view.writing(scope)
    const { id, device, address, createdAt, lastUsedAt, expiresAt, refreshHash, endedAt } = session
    const { org, member } = this.#member(scope, session.memberId)
    const kept = [device, address, createdAt, lastUsedAt, expiresAt, refreshHash, endedAt] as const
    db.run(INSERT, org, id, member, ...kept, pushText(session))
    this.view.forget(this.view.caches().sessions, id)
  }

  async update(
    scope: OrgScope,
    sessionId: string,
    patch: Partial<
      Pick<
        SessionRecord,
        'device' | 'address' | 'lastUsedAt' | 'expiresAt' | 'refreshHash' | 'endedAt' | 'push'
      >
    >,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope).n
    const before = findSession(this.view, org, sessionId)
    if (!before) throw new DomainError('not_found', { cause: 'the session does not exist' })
    const after = { ...before, ...patch }
    const { device, address, lastUsedAt, expiresAt, refreshHash, endedAt } = after
    const kept = [device, address, lastUsedAt, expiresAt, refreshHash, endedAt, pushText(after)] as const
    db.run(UPDATE, ...kept, org, sessionId)
    this.view.forget(this.view.caches().sessions, sessionId)
  }

  async removeEndedBefore(scope: OrgScope, at: number): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope).n
    for (const statement of [REMOVE_EXPIRED, REMOVE_ENDED]) {
      for (const { id } of db.all(statement, org, at) as { id: string }[]) {
        this.view.forget(this.view.caches().sessions, id)
      }
    }
  }

  async putPasswordReset(scope: OrgScope, reset: PasswordResetRecord): Promise<void> {
    const db = this.view.writing(scope)
    db.run(PUT_RESET, this.#member(scope, reset.memberId).member, reset.tokenHash, reset.expiresAt)
  }

  async removePasswordReset(scope: OrgScope, memberId: string): Promise<void> {
    const db = this.view.writing(scope)
    db.run(REMOVE_RESET, this.#member(scope, memberId).member)
  }

  #member(scope: OrgScope, memberId: string) {
    const org = requireOrg(this.view, scope).n
    const member = findMember(this.view, org, memberId)
    if (!member) throw new DomainError('not_found', { cause: 'the member does not exist' })
    return { org, member: member.n }
  }
}

const pushText = ({ push }: SessionRecord) => push && JSON.stringify(push)
