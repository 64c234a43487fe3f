import type { MemberWriter } from '../../../domains/members/member-store.ts'
import type { MemberRecord } from '../../../domains/members/member.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { KnownMember } from './caches.ts'
import { isUniqueViolation } from './engine-errors.ts'
import { memberValues } from './member-row.ts'
import { findMember, MemberTable } from './member-table.ts'
import { requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { WritingView } from './view.ts'

const INSERT =
  sql(`INSERT INTO members (name, email, email_key, role, department_ids, status_text, password_hash,
  password_is_temporary, picture_version, privacy, state, org, id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const UPDATE = sql(`UPDATE members SET name = ?, email = ?, email_key = ?, role = ?, department_ids = ?,
  status_text = ?, password_hash = ?, password_is_temporary = ?, picture_version = ?, privacy = ?, state = ? WHERE n = ?`)
const SET_LAST_SEEN = sql(
  'INSERT INTO last_seen (member, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at',
)
const SET_PICTURE = sql(`INSERT INTO pictures (member, version, bytes) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET version = excluded.version, bytes = excluded.bytes`)
const REMOVE_PICTURE = sql('DELETE FROM pictures WHERE member = ?')

export class WritableMemberTable extends MemberTable implements MemberWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, member: MemberRecord): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope).n
    const { id: n } = refusingTakenEmail(() =>
      db.run(INSERT, ...memberValues(member), org, member.id, member.createdAt),
    )
    const caches = this.view.caches()
    this.#changed(org, member.id)
    this.view.forget(caches.memberIds, n)
    this.view.forget(caches.talksOf, n)
  }

  async update(
    scope: OrgScope,
    memberId: string,
    patch: Partial<Omit<MemberRecord, 'id' | 'createdAt'>>,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope).n
    const { n, record } = this.#require(scope, memberId)
    refusingTakenEmail(() => db.run(UPDATE, ...memberValues({ ...record, ...patch }), n))
    this.#changed(org, memberId)
  }

  async setPicture(scope: OrgScope, memberId: string, version: string, bytes: Uint8Array): Promise<void> {
    this.view.writing(scope).run(SET_PICTURE, this.#require(scope, memberId).n, version, bytes)
  }

  async removePicture(scope: OrgScope, memberId: string): Promise<void> {
    this.view.writing(scope).run(REMOVE_PICTURE, this.#require(scope, memberId).n)
  }

  async setLastSeen(scope: OrgScope, at: ReadonlyMap<string, number>): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope).n
    for (const [id, instant] of at) {
      const member = findMember(this.view, org, id)
      if (member) db.run(SET_LAST_SEEN, member.n, instant)
    }
  }

  #require(scope: OrgScope, memberId: string): KnownMember {
    const member = findMember(this.view, requireOrg(this.view, scope).n, memberId)
    if (!member) throw new DomainError('not_found', { cause: 'the member does not exist' })
    return member
  }

  #changed(org: number, memberId: string): void {
    this.view.forget(this.view.caches().members, memberId)
    this.view.forget(this.view.caches().memberLists, org)
  }
}

function refusingTakenEmail<T>(write: () => T): T {
  try {
    return write()
  } catch (error) {
    if (isUniqueViolation(error) && error instanceof Error && error.message.includes('members.email_key')) {
      throw new DomainError('email_taken', { cause: error })
    }
    throw error
  }
}
