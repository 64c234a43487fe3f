import type { Invite } from '@parley/contracts/invites/invite'
import type { Made } from './made-link.tsx'

/** What a pending invite's row, card and acts are given. */
export interface InviteItemProps {
  invite: Invite
  mailWorks: boolean
  onMade: (made: Made) => void
}
