import type { Communication } from '@parley/contracts/communication/communication'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import type { OrganisationWriter } from '../organisations/organisation-store.ts'
import { communicationOf } from './communication.ts'
import { presentCommunication } from './present-communication.ts'

interface Tx {
  readonly organisations: OrganisationWriter
  readonly changes: ChangeFeedWriter
}

/** Changes some of the rules of the actor's own organisation; everybody in it is told. */
export async function changeCommunication(
  tx: Tx,
  actor: Actor,
  patch: Patch<Communication>,
): Promise<Communication> {
  const { scope } = actor
  const communication = { ...(await communicationOf(tx.organisations, scope)), ...given(patch) }
  await tx.organisations.update(scope, { communication })
  const data = presentCommunication(communication)
  await tx.changes.append(scope, { audience: 'org', kind: 'communication', id: scope, data })
  return communication
}
