/** Closes live connections, telling them why. */
export type EndConnections = (
  ended: { readonly sessionIds?: readonly string[]; readonly memberId?: string },
  reason: 'signed-out' | 'password-changed' | 'deactivated' | 'deleted',
) => void
