import type { Group } from '@parley/contracts/conversations/conversation'
import type { Member } from '@parley/contracts/members/member'

export const memberNamed = (id: string, name: string): Member => ({
  id,
  name,
  role: 'member',
  departmentIds: [],
  statusText: '',
  pictureVersion: null,
  state: 'active',
})

/** A group as it is when nothing else is said. */
export const groupOf = (adminId: string): Group => ({
  name: 'Harbour',
  pictureVersion: null,
  description: '',
  adminIds: [adminId],
  announcementOnly: false,
  membersMayAdd: false,
  newcomersSeeHistory: true,
})
