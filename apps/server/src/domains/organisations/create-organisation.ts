import type { OrganisationFields } from '@parley/contracts/organisations/organisation'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { OrganisationWriter } from './organisation-store.ts'
import { presentOrganisation, presentOrganisationDetails } from './present-organisation.ts'

interface Tx {
  readonly organisations: OrganisationWriter
  readonly changes: ChangeFeedWriter
}

/** Creates the organisation of this scope. */
export async function createOrganisation(tx: Tx, scope: OrgScope, fields: OrganisationFields, now: number) {
  const organisation = { id: scope, ...fields, createdAt: now, communication: null }
  await tx.organisations.insert(scope, organisation)
  await recordOrganisation(tx, scope)
  return organisation
}

/** Takes the organisation down in the feed, for each of its audiences. */
export async function recordOrganisation(tx: Tx, scope: OrgScope): Promise<void> {
  const organisation = await tx.organisations.get(scope)
  if (!organisation) return
  const { id } = organisation
  await tx.changes.append(scope, {
    audience: 'org',
    kind: 'organisation',
    id,
    data: presentOrganisation(organisation),
  })
  await tx.changes.append(scope, {
    audience: 'admins',
    kind: 'organisation-details',
    id,
    data: presentOrganisationDetails(organisation),
  })
}
