import type { MemberRecord } from '../../../domains/members/member.ts'

export const MEMBER_COLUMNS = `members.n, members.id, name, email, email_key, role, department_ids, status_text,
  password_hash, password_is_temporary, picture_version, privacy, state, members.created_at`

export interface MemberRow {
  n: number
  id: string
  name: string
  email: string
  email_key: string | null
  role: MemberRecord['role']
  department_ids: string
  status_text: string
  password_hash: string
  password_is_temporary: number
  picture_version: string | null
  privacy: string | null
  state: MemberRecord['state']
  created_at: number
}

export const memberOf = (row: MemberRow): MemberRecord => ({
  id: row.id,
  name: row.name,
  email: row.email,
  emailKey: row.email_key,
  role: row.role,
  departmentIds: JSON.parse(row.department_ids) as string[],
  statusText: row.status_text,
  passwordHash: row.password_hash,
  passwordIsTemporary: row.password_is_temporary === 1,
  pictureVersion: row.picture_version,
  privacy: row.privacy === null ? null : (JSON.parse(row.privacy) as MemberRecord['privacy']),
  state: row.state,
  createdAt: row.created_at,
})

/** What insert and update both write, in the order of the columns from `name` to `state`. */
export const memberValues = (member: MemberRecord) =>
  [
    member.name,
    member.email,
    member.emailKey,
    member.role,
    JSON.stringify(member.departmentIds),
    member.statusText,
    member.passwordHash,
    member.passwordIsTemporary ? 1 : 0,
    member.pictureVersion,
    member.privacy && JSON.stringify(member.privacy),
    member.state,
  ] as const
