import type { InviteReader, InviteWriter } from '../../../domains/invites/invite-store.ts'
import type { InviteRecord } from '../../../domains/invites/invite.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View, WritingView } from './view.ts'

const FIND =
  sql(`SELECT id, token_hash, email, role, department_ids, created_by, created_at, expires_at, state,
  used_by, used_at FROM invites WHERE org = ? AND id = ?`)
const INSERT =
  sql(`INSERT INTO invites (org, id, token_hash, email, role, department_ids, created_by, created_at,
  expires_at, state, used_by, used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const UPDATE =
  sql(`UPDATE invites SET token_hash = ?, created_by = ?, created_at = ?, expires_at = ?, state = ?,
  used_by = ?, used_at = ? WHERE org = ? AND id = ?`)

interface Row {
  id: string
  token_hash: string
  email: string | null
  role: InviteRecord['role']
  department_ids: string
  created_by: string
  created_at: number
  expires_at: number
  state: InviteRecord['state']
  used_by: string | null
  used_at: number | null
}

export class InviteTable implements InviteReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, inviteId: string): Promise<InviteRecord | null> {
    return this.find(scope, inviteId) ?? null
  }

  async getMany(scope: OrgScope, inviteIds: readonly string[]): Promise<InviteRecord[]> {
    return inviteIds.map((id) => this.find(scope, id)).filter((invite) => invite !== undefined)
  }

  protected find(scope: OrgScope, inviteId: string): InviteRecord | undefined {
    const org = findOrg(this.view, scope)
    const row = org && (this.view.db.get(FIND, org.n, inviteId) as Row | undefined)
    return row && inviteOf(row)
  }
}

export class WritableInviteTable extends InviteTable implements InviteWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, invite: InviteRecord): Promise<void> {
    const db = this.view.writing(scope)
    const { id, tokenHash, email, role, departmentIds, createdBy, createdAt, expiresAt } = invite
    const given = [id, tokenHash, email, role, JSON.stringify(departmentIds), createdBy, createdAt, expiresAt]
    db.run(INSERT, requireOrg(this.view, scope).n, ...given, invite.state, invite.usedBy, invite.usedAt)
  }

  async update(
    scope: OrgScope,
    inviteId: string,
    patch: Partial<
      Pick<
        InviteRecord,
        'tokenHash' | 'createdBy' | 'createdAt' | 'expiresAt' | 'state' | 'usedBy' | 'usedAt'
      >
    >,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const before = this.find(scope, inviteId)
    if (!before) throw new DomainError('not_found', { cause: 'the invite does not exist' })
    const { tokenHash, createdBy, createdAt, expiresAt, state, usedBy, usedAt } = { ...before, ...patch }
    const org = requireOrg(this.view, scope).n
    db.run(UPDATE, tokenHash, createdBy, createdAt, expiresAt, state, usedBy, usedAt, org, inviteId)
  }
}

const inviteOf = (row: Row): InviteRecord => ({
  id: row.id,
  tokenHash: row.token_hash,
  email: row.email,
  role: row.role,
  departmentIds: JSON.parse(row.department_ids) as string[],
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  state: row.state,
  usedBy: row.used_by,
  usedAt: row.used_at,
})
