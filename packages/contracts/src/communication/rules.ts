import type { Role } from '../kernel/permission.ts'
import type { Allowed, Communication } from './communication.ts'
import { FILE_KINDS } from './file-kinds.ts'

/** What holds until an admin says otherwise: what people know from their messenger. */
export const DEFAULT_COMMUNICATION: Communication = {
  directChats: 'everyone',
  groupCreation: 'everyone',
  fileSharing: 'everyone',
  fileKinds: [...FILE_KINDS],
  fileMaxBytes: 100_000_000,
  fileQuotaBytes: null,
  editWindow: 15 * 60,
  deleteWindow: 60 * 60 * 60,
  messageRetention: null,
  fileRetention: null,
  seenMarks: 'optional',
  lastSeenHiding: true,
  appearingOffline: true,
  linkPreviews: false,
  pushContent: 'full',
  chatExport: 'everyone',
}

/** Whether somebody of this role is among those allowed. */
export function isAllowed(who: Allowed, role: Role): boolean {
  if (who === 'everyone') return true
  if (who === 'managers') return role !== 'member'
  return who === 'admins' && role === 'admin'
}

interface Starter {
  readonly role: Role
  readonly departmentIds: readonly string[]
}

/** Whether one may start a chat with the other; a chat that there is goes on whatever the rule. */
export function mayStartDirect(
  { directChats }: Pick<Communication, 'directChats'>,
  starter: Starter,
  other: Pick<Starter, 'departmentIds'>,
): boolean {
  if (directChats === 'everyone' || starter.role === 'admin') return true
  if (directChats === 'admins') return false
  return starter.departmentIds.some((id) => other.departmentIds.includes(id))
}

/**
 * Whether something may still be done to a message.
 * @param window in seconds, as in `editWindow` and `deleteWindow`
 * @param sentAt and `now` in ms since 1970
 */
export function isWithinWindow(window: number | null, sentAt: number, now: number): boolean {
  return window === null || now - sentAt < window * 1000
}
