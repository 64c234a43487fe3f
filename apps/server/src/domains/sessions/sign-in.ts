import { emailKey } from '../../kernel/email-key.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { orgScope, type OrgScope } from '../../kernel/org-scope.ts'
import type { MemberRecord } from '../members/member.ts'
import type { MemberLocator, MemberReader } from '../members/member-store.ts'
import type { PasswordHasher } from '../members/password-hasher.ts'

export interface Credentials {
  readonly email: string
  readonly password: string
  readonly organisationId?: string | undefined
}

export interface Candidate {
  readonly scope: OrgScope
  readonly member: MemberRecord
}

export interface ProveDeps {
  readonly locator: MemberLocator
  readonly members: MemberReader
  readonly passwords: PasswordHasher
}

/** The same person in more organisations than this would have to ask an admin for another e-mail. */
const MEMBERSHIPS_MAX = 20

/**
 * The members whose e-mail and password these are; several when the same pair is used in several organisations. A membership with
 * another password never shows.
 * @throws DomainError wrong_credentials, member_deactivated (only to one who knows the password)
 */
export async function proveCredentials(deps: ProveDeps, credentials: Credentials): Promise<Candidate[]> {
  const found = await deps.locator.findEverywhere(emailKey(credentials.email), MEMBERSHIPS_MAX)
  const proven: Candidate[] = []
  let compared = 0
  for (const { organisationId, memberId } of found) {
    const scope = orgScope(organisationId)
    const member = await deps.members.get(scope, memberId)
    if (!member || member.state === 'deleted') continue
    compared += 1
    if (await deps.passwords.matches(member.passwordHash, credentials.password))
      proven.push({ scope, member })
  }
  if (compared === 0) await deps.passwords.pretend(credentials.password)
  if (proven.length === 0) throw new DomainError('wrong_credentials')
  const active = proven.filter(({ member }) => member.state === 'active')
  if (active.length === 0) throw new DomainError('member_deactivated')
  if (credentials.organisationId === undefined) return active
  const chosen = active.filter(({ scope }) => scope === credentials.organisationId)
  if (chosen.length === 0) throw new DomainError('wrong_credentials')
  return chosen
}

/**
 * Once more inside the transaction that opens the session: the password may have been changed, or the access switched off, since it
 * was compared (A2).
 * @throws DomainError wrong_credentials, member_deactivated
 */
export async function requireStillProven(
  members: MemberReader,
  { scope, member }: Candidate,
): Promise<MemberRecord> {
  const now = await members.get(scope, member.id)
  if (now?.passwordHash !== member.passwordHash || now.state === 'deleted')
    throw new DomainError('wrong_credentials')
  if (now.state !== 'active') throw new DomainError('member_deactivated')
  return now
}
