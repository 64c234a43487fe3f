import type { MemberLocator } from '../../../domains/members/member-store.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const EVERYWHERE = sql(`SELECT organisations.id AS organisationId, members.id AS memberId
  FROM members JOIN organisations ON organisations.n = members.org
  WHERE email_key = ? ORDER BY password_is_temporary, members.org LIMIT ?`)

const NEWEST = sql('SELECT max(n) AS n FROM members')

export class SqliteMemberLocator implements MemberLocator {
  readonly #view: View

  constructor(view: View) {
    this.#view = view
  }

  async findEverywhere(emailKey: string, limit: number) {
    const rows = this.#view.db.all(EVERYWHERE, emailKey, limit) as {
      organisationId: string
      memberId: string
    }[]
    return rows.map(({ organisationId, memberId }) => ({ organisationId, memberId }))
  }

  async isEmpty() {
    return (this.#view.db.get(NEWEST) as { n: number | null }).n === null
  }
}
