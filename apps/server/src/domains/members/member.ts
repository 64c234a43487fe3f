import type { Privacy } from '@parley/contracts/members/member'
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
  /** null until they hide something for the first time. */
  readonly privacy: Privacy | null
  readonly state: 'active' | 'deactivated' | 'deleted'
  readonly createdAt: number
}

/** A role never gives more than the giver has (A9). */
export function mayGiveRole(giver: Role, given: Role): boolean {
  const rank = { member: 0, manager: 1, admin: 2 }
  return rank[given] <= rank[giver]
}
