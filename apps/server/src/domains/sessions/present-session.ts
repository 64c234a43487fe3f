import type { Session } from '@parley/contracts/sessions/session'
import type { SessionRecord } from './session.ts'

/** @param currentId the session that asks, if it is the member's own */
export const presentSession = (session: SessionRecord, currentId: string | null): Session => ({
  id: session.id,
  device: session.device,
  address: session.address,
  createdAt: session.createdAt,
  lastUsedAt: session.lastUsedAt,
  current: session.id === currentId,
})
