import type { SessionReader } from '../../../domains/sessions/session-store.ts'
import type { PasswordResetRecord, SessionRecord } from '../../../domains/sessions/session.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findMember, memberId as idOfMember } from './member-table.ts'
import { findOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const COLUMNS =
  'id, member, device, address, created_at, last_used_at, expires_at, refresh_hash, ended_at, push'
const FIND = sql(`SELECT ${COLUMNS} FROM sessions WHERE org = ? AND id = ?`)
const LIVE = sql(
  `SELECT ${COLUMNS} FROM sessions WHERE member = ? AND ended_at IS NULL ORDER BY created_at DESC, id DESC`,
)
const PUSHED = sql(`SELECT ${COLUMNS} FROM sessions WHERE org = ? AND push IS NOT NULL`)
const PUSHED_OF = sql(
  `SELECT ${COLUMNS} FROM sessions WHERE member = ? AND ended_at IS NULL AND push IS NOT NULL`,
)
const RESET = sql('SELECT token_hash, expires_at FROM password_resets WHERE member = ?')

interface Row {
  id: string
  member: number
  device: string
  address: string
  created_at: number
  last_used_at: number
  expires_at: number
  refresh_hash: string
  ended_at: number | null
  push: string | null
}

/** A session; undefined when this organisation has none with the id. */
export function findSession(view: View, org: number, id: string): SessionRecord | undefined {
  const caches = view.caches()
  const known = caches?.sessions.get(org, id)
  if (known) return known
  const row = view.db.get(FIND, org, id) as Row | undefined
  if (!row) return undefined
  const session = sessionOf(row, idOfMember(view, row.member))
  caches?.sessions.set(org, id, session)
  return session
}

export class SessionTable implements SessionReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, sessionId: string): Promise<SessionRecord | null> {
    const org = findOrg(this.view, scope)
    return (org && findSession(this.view, org.n, sessionId)) ?? null
  }

  async listOf(scope: OrgScope, memberId: string): Promise<SessionRecord[]> {
    const member = this.#member(scope, memberId)
    if (!member) return []
    return (this.view.db.all(LIVE, member.n) as Row[]).map((row) => sessionOf(row, memberId))
  }

  async withPush(scope: OrgScope, memberId?: string): Promise<SessionRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const member = memberId === undefined ? null : findMember(this.view, org.n, memberId)
    if (member === undefined) return []
    const rows = member ? this.view.db.all(PUSHED_OF, member.n) : this.view.db.all(PUSHED, org.n)
    return (rows as Row[]).map((row) => sessionOf(row, idOfMember(this.view, row.member)))
  }

  async passwordReset(scope: OrgScope, memberId: string): Promise<PasswordResetRecord | null> {
    const member = this.#member(scope, memberId)
    const row = member && this.view.db.get(RESET, member.n)
    if (!row) return null
    const { token_hash: tokenHash, expires_at: expiresAt } = row as { token_hash: string; expires_at: number }
    return { memberId, tokenHash, expiresAt }
  }

  #member(scope: OrgScope, memberId: string) {
    const org = findOrg(this.view, scope)
    return org && findMember(this.view, org.n, memberId)
  }
}

const sessionOf = (row: Row, memberId: string): SessionRecord => ({
  id: row.id,
  memberId,
  device: row.device,
  address: row.address,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
  refreshHash: row.refresh_hash,
  endedAt: row.ended_at,
  push: row.push === null ? null : (JSON.parse(row.push) as SessionRecord['push']),
})
