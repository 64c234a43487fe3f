import type { OrganisationFields } from '@parley/contracts/organisations/organisation'
import { anyOf, changesIn } from '../../kernel/activity-chain.ts'
import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
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
  readonly activity: ActivityLogWriter
}

const LOGGED = ['name', 'address', 'expectedUsers', 'ownerName', 'contactNumber'] as const

/** Changes some particulars of the actor's own organisation. @throws DomainError not_found */
export async function changeOrganisation(
  tx: Tx,
  actor: Actor,
  patch: Patch<OrganisationFields>,
): Promise<OrganisationRecord> {
  const { scope } = actor
  const before = await tx.organisations.get(scope)
  await tx.organisations.update(scope, given(patch))
  await recordOrganisation(tx, scope)
  const after = await tx.organisations.get(scope)
  if (!after) throw new DomainError('not_found')
  const changes = changesIn(LOGGED, before, after)
  if (anyOf(changes))
    await tx.activity.append(scope, { actor, action: 'organisation.changed', about: scope, changes })
  return after
}
