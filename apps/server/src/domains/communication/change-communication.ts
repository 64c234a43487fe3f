import type { Communication } from '@parley/contracts/communication/communication'
import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import { anyOf, changesIn } from '../../kernel/activity-chain.ts'
import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import type { OrganisationWriter } from '../organisations/organisation-store.ts'
import { communicationOf } from './communication.ts'
import { presentCommunication } from './present-communication.ts'

interface Tx {
  readonly organisations: OrganisationWriter
  readonly changes: ChangeFeedWriter
  readonly activity: ActivityLogWriter
}

const RULES = Object.keys(DEFAULT_COMMUNICATION) as (keyof Communication)[]

/**
 * Changes some of the rules of the actor's own organisation. Everybody in it is told, and the activity log says what was before.
 */
export async function changeCommunication(
  tx: Tx,
  actor: Actor,
  patch: Patch<Communication>,
): Promise<Communication> {
  const { scope } = actor
  const before = await communicationOf(tx.organisations, scope)
  const communication = { ...before, ...given(patch) }
  const changes = changesIn(RULES, before, communication)
  if (!anyOf(changes)) return before
  const stored = (await tx.organisations.get(scope))?.communication
  const retentionSetBy = 'messageRetention' in changes ? actor.memberId : stored?.retentionSetBy
  await tx.organisations.update(scope, {
    communication: { ...communication, ...(retentionSetBy && { retentionSetBy }) },
  })
  const data = presentCommunication(communication)
  await tx.changes.append(scope, { audience: 'org', kind: 'communication', id: scope, data })
  await tx.activity.append(scope, { actor, action: 'communication.changed', about: scope, changes })
  return communication
}
