interface Of {
  /** In the order of joining. */
  readonly memberIds: readonly string[]
  readonly adminIds: readonly string[]
}

/**
 * Who becomes admin of a group when one of its admins goes: who has been in it longest, with access if anybody has. Said by screens
 * before it is done by the server.
 * @param isActive whether a member has access
 * @returns null where an admin with access stays, and where nobody is left
 */
export function heirOf(
  { memberIds, adminIds }: Of,
  goes: string,
  isActive: (memberId: string) => boolean,
): string | null {
  if (!adminIds.includes(goes)) return null
  if (adminIds.some((adminId) => adminId !== goes && isActive(adminId))) return null
  const others = memberIds.filter((memberId) => memberId !== goes && !adminIds.includes(memberId))
  return others.find(isActive) ?? others[0] ?? null
}
