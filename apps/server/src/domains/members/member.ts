import { domainToASCII } from 'node:url'
import type { Role } from '@parley/contracts/kernel/permission'

export interface MemberRecord {
  readonly id: string
  readonly name: string
  /** As given, in lower case; empty once deleted. */
  readonly email: string
  /** What uniqueness and sign-in compare; null once deleted, so that the address becomes free. */
  readonly emailKey: string | null
  readonly role: Role
  readonly departmentIds: readonly string[]
  readonly statusText: string
  /** argon2id, in its encoded form; empty once deleted. */
  readonly passwordHash: string
  readonly passwordIsTemporary: boolean
  readonly pictureVersion: string | null
  readonly state: 'active' | 'deactivated' | 'deleted'
  readonly createdAt: number
}

/**
 * What makes two e-mail addresses the same: lower case, compatibility forms folded (NFKC), the domain in ASCII (IDNA), so that
 * neither case nor a Unicode spelling of the domain makes a second account.
 */
export function emailKey(email: string): string {
  const folded = email.normalize('NFKC').toLowerCase()
  const at = folded.lastIndexOf('@')
  const domain = folded.slice(at + 1)
  return `${folded.slice(0, at)}@${domainToASCII(domain) || domain}`
}

/** A role never gives more than the giver has (A9). */
export function mayGiveRole(giver: Role, given: Role): boolean {
  const rank = { member: 0, manager: 1, admin: 2 }
  return rank[given] <= rank[giver]
}
