import type { MemberReader } from '../../../domains/members/member-store.ts'
import type { MemberRecord } from '../../../domains/members/member.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { KnownMember } from './caches.ts'
import { MEMBER_COLUMNS, memberOf, type MemberRow } from './member-row.ts'
import { findOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const FIND = sql(`SELECT ${MEMBER_COLUMNS} FROM members WHERE org = ? AND id = ?`)
const ID = sql('SELECT id FROM members WHERE n = ?')
const LIST = sql(`SELECT ${MEMBER_COLUMNS} FROM members WHERE org = ? ORDER BY id`)
const BY_EMAIL = sql(`SELECT ${MEMBER_COLUMNS} FROM members WHERE email_key = ? AND org = ?`)
const COUNT_ADMINS = sql(
  `SELECT count(*) AS count FROM members WHERE org = ? AND role = 'admin' AND state = 'active'`,
)
const LAST_SEEN = sql('SELECT at FROM last_seen WHERE member = ?')
const PICTURE = sql('SELECT bytes FROM pictures WHERE member = ? AND version = ?')

/** A member with their surrogate; undefined when this organisation has none with the id. */
export function findMember(view: View, org: number, id: string): KnownMember | undefined {
  const caches = view.caches()
  const known = caches?.members.get(org, id)
  if (known) return known
  const row = view.db.get(FIND, org, id) as MemberRow | undefined
  if (!row) return undefined
  const member = { n: row.n, record: memberOf(row) }
  caches?.members.set(org, id, member)
  return member
}

/** The id behind a surrogate that a row of the organisation holds. */
export function memberId(view: View, n: number): string {
  const caches = view.caches()
  const known = caches?.memberIds.get(n)
  if (known !== undefined) return known
  const row = view.db.get(ID, n) as { id: string } | undefined
  if (!row) throw new Error(`a row points at member ${n}, who does not exist`)
  caches?.memberIds.set(n, row.id)
  return row.id
}

export class MemberTable implements MemberReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, memberId: string): Promise<MemberRecord | null> {
    return this.#find(scope, memberId)?.record ?? null
  }

  async list(scope: OrgScope): Promise<MemberRecord[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const caches = this.view.caches()
    const known = caches?.memberLists.get(org.n)
    if (known) return [...known]
    const members = (this.view.db.all(LIST, org.n) as MemberRow[]).map(memberOf)
    caches?.memberLists.set(org.n, members)
    return [...members]
  }

  async findByEmail(scope: OrgScope, emailKey: string): Promise<MemberRecord | null> {
    const org = findOrg(this.view, scope)
    const row = org && (this.view.db.get(BY_EMAIL, emailKey, org.n) as MemberRow | undefined)
    return row ? memberOf(row) : null
  }

  async countActiveAdmins(scope: OrgScope): Promise<number> {
    const org = findOrg(this.view, scope)
    return org ? (this.view.db.get(COUNT_ADMINS, org.n) as { count: number }).count : 0
  }

  async lastSeen(scope: OrgScope, memberIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const seen = new Map<string, number>()
    for (const id of memberIds) {
      const member = this.#find(scope, id)
      const row = member && (this.view.db.get(LAST_SEEN, member.n) as { at: number } | undefined)
      if (row) seen.set(id, row.at)
    }
    return seen
  }

  async picture(scope: OrgScope, memberId: string, version: string): Promise<Uint8Array | null> {
    const member = this.#find(scope, memberId)
    const row = member && (this.view.db.get(PICTURE, member.n, version) as { bytes: Uint8Array } | undefined)
    return row?.bytes ?? null
  }

  #find(scope: OrgScope, id: string): KnownMember | undefined {
    const org = findOrg(this.view, scope)
    return org && findMember(this.view, org.n, id)
  }
}
