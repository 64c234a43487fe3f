import type { Role } from '@parley/contracts/kernel/permission'

export interface InviteRecord {
  readonly id: string
  /** SHA-256 of the token, hex; the token itself is nowhere (A9). */
  readonly tokenHash: string
  readonly email: string | null
  readonly role: Role
  readonly departmentIds: readonly string[]
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly state: 'pending' | 'used' | 'revoked'
  readonly usedBy: string | null
  readonly usedAt: number | null
}
