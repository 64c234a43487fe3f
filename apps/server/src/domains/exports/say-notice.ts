import type { Message } from '@parley/contracts/messages/message'
import type { Notice } from '@parley/contracts/messages/notice'

const HOUR = 3_600

const SETTINGS = {
  announcementOnly: ['allowed everybody to write', 'allowed only group admins to write'],
  membersMayAdd: ['allowed only group admins to add people', 'allowed everybody to add people'],
  newcomersSeeHistory: [
    'hid from newcomers what was written before',
    'let newcomers read what was written before',
  ],
} as const

/** What a system line tells, as a sentence without its subject: "added Luis and Mei". */
function deedOf({ what, setting, after, name, count }: Notice, whom: string): string {
  const called = name === null ? '' : ` “${name}”`
  switch (what) {
    case 'created':
      return `created the group${called}`
    case 'renamed':
      return `renamed the group to${called}`
    case 'described':
      return 'changed the description'
    case 'pictured':
      return 'changed the group picture'
    case 'left':
      return 'left'
    case 'added':
    case 'removed':
      return `${what} ${whom}`
    case 'promoted':
      return `made ${whom} a group admin`
    case 'demoted':
      return `removed ${whom} as group admin`
    case 'pinned':
      return 'pinned a message'
    case 'imported':
      return `imported ${String(count)} ${count === 1 ? 'message' : 'messages'} from WhatsApp${called}`
    case 'settings':
      return setting ? SETTINGS[setting.name][setting.on ? 1 : 0] : 'changed the settings'
    case 'disappearing':
      return after ? `set messages to disappear after ${spanOf(after)}` : 'turned off disappearing messages'
  }
}

const spanOf = (seconds: number): string =>
  seconds <= 24 * HOUR ? `${String(seconds / HOUR)} hours` : `${String(seconds / HOUR / 24)} days`

/** What happened, by the names of those concerned; of many the first, and how many there are besides. */
export async function sayNotice(
  notice: NonNullable<Message['notice']>,
  nameOf: (memberId: string) => Promise<string>,
): Promise<string> {
  const names = await Promise.all(notice.memberIds.map((id) => nameOf(id)))
  const others = notice.what === 'imported' ? 0 : notice.count - names.length
  if (others > 0) names.push(`${String(others)} ${others === 1 ? 'other' : 'others'}`)
  const whom = [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ')
  return deedOf(notice, whom)
}
