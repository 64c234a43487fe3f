import type { OrganisationFields } from '@parley/contracts/organisations/organisation'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import { recordOrganisation } from './create-organisation.ts'
import type { OrganisationRecord } from './organisation.ts'
import type { OrganisationWriter } from './organisation-store.ts'

interface Tx {
  readonly organisations: OrganisationWriter
  readonly changes: ChangeFeedWriter
}

/** Changes some particulars of the actor's own organisation. @throws DomainError not_found */
export async function changeOrganisation(
  tx: Tx,
  actor: Actor,
  patch: Patch<OrganisationFields>,
): Promise<OrganisationRecord> {
  await tx.organisations.update(actor.scope, given(patch))
  await recordOrganisation(tx, actor.scope)
  const organisation = await tx.organisations.get(actor.scope)
  if (!organisation) throw new DomainError('not_found')
  return organisation
}
