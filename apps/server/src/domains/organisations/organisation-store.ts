import type { OrgScope } from '../../kernel/org-scope.ts'
import type { OrganisationRecord } from './organisation.ts'

export interface OrganisationReader {
  get(scope: OrgScope): Promise<OrganisationRecord | null>
}

export interface OrganisationWriter extends OrganisationReader {
  /** The scope's own organisation, which does not exist yet. */
  insert(scope: OrgScope, organisation: OrganisationRecord): Promise<void>
  update(scope: OrgScope, patch: Partial<Omit<OrganisationRecord, 'id' | 'createdAt'>>): Promise<void>
}

/** Which organisations there are. For work that concerns each of them in turn; what is done in one needs its scope. */
export interface OrganisationLocator {
  /** Ids after one, in their order; `null` begins. */
  idsAfter(organisationId: string | null, limit: number): Promise<string[]>
}
