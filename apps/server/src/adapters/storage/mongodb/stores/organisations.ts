import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrganisationRecord } from '../../../../domains/organisations/organisation.ts'
import type {
  OrganisationReader,
  OrganisationWriter,
} from '../../../../domains/organisations/organisation-store.ts'
import type { OrgView } from '../org-view.ts'
import { organisations } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class OrganisationReads implements OrganisationReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope): Promise<OrganisationRecord | null> {
    return (await this.#views(scope)).get(organisations, scope)
  }
}

export class OrganisationWrites extends OrganisationReads implements OrganisationWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, organisation: OrganisationRecord): Promise<void> {
    const view = await this.#views(scope)
    view.insert(organisations, { ...organisation, id: scope })
  }

  async update(scope: OrgScope, patch: Partial<Omit<OrganisationRecord, 'id' | 'createdAt'>>): Promise<void> {
    await (await this.#views(scope)).update(organisations, scope, patch)
  }
}
