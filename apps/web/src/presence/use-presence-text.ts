import type { Member } from '@parley/contracts/members/member'
import type { Presence } from '@parley/client/presence/presence-view'
import { usePresence } from '@parley/react/hooks'
import { useText, type Text } from '../text/use-text.ts'
import { lastSeen } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'

function presenceText(t: Text, presence: Presence | null, now: number): string {
  if (!presence) return ''
  if (presence.online) return t('presence.online')
  if (presence.hidden && presence.lastSeenAt === null) return ''
  return presence.lastSeenAt === null ? t('presence.never') : lastSeen(t, presence.lastSeenAt, now)
}

/** "Online", "Last seen today at 14:05"; nothing while it is not known; for those who cannot come back, why. */
export function usePresenceText(member: Member | null): string {
  const t = useText()
  const now = useNow()
  const presence = usePresence(member?.id ?? null)
  if (member?.state === 'deactivated') return t('presence.deactivated')
  if (member?.state === 'deleted') return t('presence.deleted')
  return presenceText(t, presence, now)
}
