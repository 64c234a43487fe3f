import type { Communication } from '@parley/contracts/communication/communication'
import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { OrganisationRecord } from '../organisations/organisation.ts'

/** The rules of an organisation, those that nobody has set as by default. */
export function rulesOf({ communication }: Pick<OrganisationRecord, 'communication'>): Communication {
  if (!communication) return DEFAULT_COMMUNICATION
  const { retentionSetBy: _who, ...rules } = communication
  return { ...DEFAULT_COMMUNICATION, ...rules }
}

/** The rules that hold in an organisation just now. Costs no statement: storage keeps the organisation in memory. */
export async function communicationOf(
  organisations: OrganisationReader,
  scope: OrgScope,
): Promise<Communication> {
  const organisation = await organisations.get(scope)
  return organisation ? rulesOf(organisation) : DEFAULT_COMMUNICATION
}
