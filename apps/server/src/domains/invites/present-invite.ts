import type { Invite } from '@parley/contracts/invites/invite'
import type { InviteRecord } from './invite.ts'

/** For admins; never the token or its hash. */
export const presentInvite = (invite: InviteRecord): Invite => ({
  id: invite.id,
  email: invite.email,
  role: invite.role,
  departmentIds: [...invite.departmentIds],
  createdBy: invite.createdBy,
  createdAt: invite.createdAt,
  expiresAt: invite.expiresAt,
  state: invite.state,
  usedBy: invite.usedBy,
  usedAt: invite.usedAt,
})
