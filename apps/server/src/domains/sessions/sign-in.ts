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

/** The same person in more organisations than this has to say which one is meant. */
const MEMBERSHIPS_MAX = 20

/**
 * The members whose e-mail and password these are; several when the same pair is used in several organisations. A membership with
 * another password never shows.
 * @throws DomainError wrong_credentials, member_deactivated (only to one who knows the password)
 */
export async function proveCredentials(deps: ProveDeps, credentials: Credentials): Promise<Candidate[]> {
  const candidates = await candidatesFor(deps, credentials)
  const proven: Candidate[] = []
  for (const candidate of candidates) {
    if (await deps.passwords.matches(candidate.member.passwordHash, credentials.password))
      proven.push(candidate)
  }
  if (candidates.length === 0) await deps.passwords.pretend(credentials.password)
  if (proven.length === 0) throw new DomainError('wrong_credentials')
  const active = proven.filter(({ member }) => member.state === 'active')
  if (active.length === 0) throw new DomainError('member_deactivated')
  return active
}

/** Whose password it may be. Strangers may give an e-mail to members of their own, so of a named organisation only its own counts. */
async function candidatesFor(
  { locator, members }: ProveDeps,
  { email, organisationId }: Credentials,
): Promise<Candidate[]> {
  const key = emailKey(email)
  if (organisationId !== undefined) {
    const scope = orgScope(organisationId)
    const member = await members.findByEmail(scope, key)
    return member ? [{ scope, member }] : []
  }
  const candidates: Candidate[] = []
  for (const found of await locator.findEverywhere(key, MEMBERSHIPS_MAX)) {
    const scope = orgScope(found.organisationId)
    const member = await members.get(scope, found.memberId)
    if (member && member.state !== 'deleted') candidates.push({ scope, member })
  }
  return candidates
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
