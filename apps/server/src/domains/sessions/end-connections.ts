import type { SessionEndReason } from '@parley/contracts/sessions/session'

/** Closes live connections, telling them why. */
export type EndConnections = (
  ended: { readonly sessionIds?: readonly string[]; readonly memberId?: string },
  reason: SessionEndReason,
) => void
