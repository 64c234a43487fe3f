import type { ChatPatch } from '@parley/contracts/chat-preferences/chat-preference'
import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import type { DemoFile } from './demo-files.ts'
import type { LineExtras } from './line-extras.ts'

export interface DemoGroup {
  readonly name: string
  readonly description: string
  /** The mailbox of who made it, its admin. */
  readonly by: string
  /** The mailboxes of who is in it besides; null for everybody. */
  readonly members: readonly string[] | null
  /** The mailboxes of other admins. */
  readonly admins?: readonly string[]
  readonly announcementOnly?: boolean
  /** When it was made, as the lines say it. */
  readonly made: string
  /** Who writes, when, what: as in the chats of two. */
  readonly lines: readonly (readonly [
    mailbox: string,
    when: string,
    text: string,
    files?: readonly DemoFile[] | null,
    extras?: LineExtras,
  ])[]
  /** What the admin of the demo wants of it for themselves. */
  readonly adminWants?: ChatPatch
  /** How many of the last lines the admin of the demo has not seen. */
  readonly unread: number
  /** The mailboxes of those who have not seen the last lines. */
  readonly behind?: readonly string[]
}

export const DEMO_GROUPS: readonly DemoGroup[] = [
  {
    name: 'Lisbon group, 14 March',
    description: '46 pupils and four teachers, 14 to 18 March. Coach from the old harbour.',
    by: 'amina',
    members: [
      'mei',
      'rafael',
      'yusuf',
      'layla',
      'kenji',
      'priya',
      'luca',
      'tomas',
      'ingrid',
      'zofia',
      'farah',
    ],
    admins: ['mei'],
    made: '-1 09:10',
    lines: [
      ['amina', '-1 09:14', 'Everything about Lisbon goes in here, so that nobody has to ask twice.'],
      [
        'rafael',
        '-1 09:31',
        'The school has signed. I will bring the list of allergies on Thursday.',
        null,
        { reactions: { '🎉': ['amina', 'mei', 'layla'] } },
      ],
      ['yusuf', '-1 09:36', 'Wrong chat, sorry', null, { deleted: true }],
      [
        'amina',
        '-1 09:48',
        '*What everybody brings*\n- passport or identity card\n- the blue insurance card\n- _two_ copies of the consent form',
      ],
      ['mei', '-1 16:20', 'Final rooming list is due on *Thursday at 17:00*', null, { pinned: true }],
      [
        'mei',
        '0 08:52',
        'Morning all. The coach company has confirmed two vehicles for the 14th, 49 seats each.',
        null,
        { as: 'coaches', reactions: { '👍': ['amina', 'rafael', 'yusuf', 'layla'], '🙏': ['kenji'] } },
      ],
      [
        'mei',
        '0 08:53',
        'Pick-up is at the old harbour, not at the station.',
        null,
        { before: 'Pick-up is at the old harbour.', starredBy: 'amina' },
      ],
      ['amina', '0 09:04', 'Good. I have put it on the list and told the guide.'],
      [
        'rafael',
        '0 09:20',
        'The rooms, from this morning. All on the fourth floor now.',
        (['harbour', 'room', 'tram', 'pool', 'dunes', 'lake'] as const).map((scene) => ({ scene })),
      ],
      ['layla', '0 10:24', 'الصور ممتازة، والفندق قريب جداً من المرفأ.'],
      [
        'yusuf',
        '0 10:31',
        'Does each of them have a lift? Farid’s mother travels with a wheelchair.',
        null,
        { as: 'lift', replyTo: 'coaches' },
      ],
      ['yusuf', '0 10:32', '', [{ voice: 14 }]],
      [
        'mei',
        '0 10:38',
        'Both have a lift and a place for the chair. @Amina can you tell the school?',
        null,
        { replyTo: 'lift', mentions: ['amina'] },
      ],
    ],
    unread: 4,
    adminWants: { pinned: true },
    behind: ['luca', 'tomas', 'zofia'],
  },
  {
    name: 'Operations',
    description: 'Rosters, transfers and whatever breaks.',
    by: 'adaeze',
    members: ['amina', 'mei', 'kenji', 'luca', 'zofia', 'farah', 'nuno'],
    made: '-6 08:00',
    lines: [
      ['zofia', '-1 17:55', 'Who covers the late shift on Saturday?'],
      ['luca', '-1 18:02', 'I do, until two.'],
      ['kenji', '0 09:12', 'The late group is booked in for 21:30.', null, { forwardOf: 'late-group' }],
      ['mei', '0 11:28', '', [{ pages: 2, name: 'Roster-weekend.pdf' }]],
      ['mei', '0 11:30', 'The roster for the weekend is up', null, { reactions: { '❤️': ['luca'] } }],
    ],
    unread: 2,
    adminWants: { mutedUntil: MUTED_ALWAYS },
  },
  {
    name: 'Announcements',
    description: 'What everybody has to know.',
    by: 'adaeze',
    members: null,
    admins: ['ingrid'],
    announcementOnly: true,
    made: '-9 10:00',
    lines: [
      [
        'ingrid',
        '-4 15:10',
        'The new insurance papers apply from Monday on. They are on the drive, in Insurance.',
      ],
      ['adaeze', '0 09:00', 'The office closes at 16:00 on Friday.'],
    ],
    unread: 0,
  },
  {
    name: 'Night desk handover, all offices and partners',
    description: '',
    by: 'farah',
    members: ['amina', 'priya', 'zofia', 'samira'],
    made: '-8 21:00',
    lines: [['zofia', '-3 06:10', 'All quiet. Two late check-ins in Hanoi.']],
    unread: 0,
  },
]
