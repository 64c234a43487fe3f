import type { OrganisationLocator } from '../../../domains/organisations/organisation-store.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const AFTER = sql('SELECT id FROM organisations WHERE id > ? ORDER BY id LIMIT ?')

/** Finds organisations without a scope. */
export class SqliteOrganisationLocator implements OrganisationLocator {
  readonly #view: View

  constructor(view: View) {
    this.#view = view
  }

  async idsAfter(organisationId: string | null, limit: number): Promise<string[]> {
    return (this.#view.db.all(AFTER, organisationId ?? '', limit) as { id: string }[]).map(({ id }) => id)
  }
}
