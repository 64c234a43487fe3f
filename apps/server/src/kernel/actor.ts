import type { Role } from '@parley/contracts/kernel/permission'
import type { OrgScope } from './org-scope.ts'

/** Who is doing something: a member with a live session, as of this moment. */
export interface Actor {
  readonly scope: OrgScope
  readonly memberId: string
  readonly sessionId: string
  readonly role: Role
  readonly passwordIsTemporary: boolean
  /** Of the session, as of its last renewal. */
  readonly device: string
  readonly address: string
}
