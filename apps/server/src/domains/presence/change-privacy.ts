import type { Privacy } from '@parley/contracts/members/member'
import { mayHide, NOTHING_HIDDEN } from '@parley/contracts/members/privacy'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import { communicationOf } from '../communication/communication.ts'
import { requireMember } from '../members/member-access.ts'
import type { MemberRecord } from '../members/member.ts'
import { recordMember, type MembersTx } from '../members/record-member.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

type Tx = MembersTx & { readonly organisations: OrganisationReader }

/**
 * A member hides something of themselves, or shows it again. What was chosen while it was allowed stays chosen, and counts for as long
 * as it is allowed.
 * @throws DomainError hiding_not_allowed
 */
export async function changePrivacy(tx: Tx, actor: Actor, patch: Patch<Privacy>): Promise<MemberRecord> {
  const { scope, memberId } = actor
  const before = await requireMember(tx.members, scope, memberId)
  const may = mayHide(await communicationOf(tx.organisations, scope))
  const asked = given(patch)
  for (const what of Object.keys(asked) as (keyof Privacy)[])
    if (asked[what] && !may[what]) throw new DomainError('hiding_not_allowed')
  const after: MemberRecord = { ...before, privacy: { ...(before.privacy ?? NOTHING_HIDDEN), ...asked } }
  await tx.members.update(scope, memberId, { privacy: after.privacy })
  await recordMember(tx, scope, after)
  return after
}
