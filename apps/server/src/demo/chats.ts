import type { DemoLine } from './demo-line.ts'
import { deskTalk } from './desk-talk.ts'

export interface DemoChat {
  /** The mailbox of the other person. */
  readonly with: string
  /** The mailbox of who is `me`; without it, the admin. */
  readonly of?: string
  readonly lines: readonly DemoLine[]
  /** How many of the last lines `me` has not seen. */
  readonly unread: number
  /** How far the other person got with the lines of `me`. */
  readonly theySaw: 'all' | 'delivered' | 'nothing'
  /** `me` has folded it away. */
  readonly archived?: boolean
}

export const DEMO_CHATS: readonly DemoChat[] = [
  {
    with: 'mei',
    unread: 0,
    theySaw: 'all',
    lines: [
      ...deskTalk(60),
      [
        'them',
        '0 09:04',
        'Morning. The coach company has confirmed two vehicles for the 14th, 49 seats each.',
      ],
      ['them', '0 09:05', 'Pick-up is at the old harbour, not at the station.'],
      [
        'me',
        '0 09:16',
        'Good. I have put it on the list and told the guide.',
        null,
        { reactions: { '👍': ['mei'] } },
      ],
      [
        'them',
        '0 10:24',
        'Please check rooms 4 to 9 once more. The hotel wants the list back *by noon*.',
        null,
        { as: 'rooms' },
      ],
      [
        'me',
        '0 10:30',
        'Looking at it now. Room 7 should be a twin, not a double.',
        null,
        { replyTo: 'rooms' },
      ],
      ['them', '0 10:32', 'You are right, corrected. Everything else?'],
      ['them', '0 10:41', 'This is the one to print.', [{ pages: 6, name: 'Itinerary-Lisbon-final.pdf' }]],
      ['me', '0 11:08', 'Everything else is fine. I’ll send it to the hotel at 15:00.'],
      ['me', '0 11:09', 'Then only the insurance is missing.'],
    ],
  },
  {
    with: 'yusuf',
    unread: 3,
    theySaw: 'all',
    lines: [
      ['me', '-1 15:40', 'How did the call with the school go?'],
      ['them', '-1 15:48', 'Well! 46 pupils, four teachers, first week of May.'],
      ['me', '-1 15:50', 'Lovely. Ask them about allergies early this time 🙂'],
      [
        'them',
        '0 10:50',
        'Does each of the coaches have a lift? One of the mothers travels with a wheelchair.',
      ],
      [
        'them',
        '0 10:51',
        'And the airline confirms 20 kg per person, see https://baggage.example/group-rates for the table.',
      ],
      ['them', '0 11:29', 'They would like to pay in three parts. Is that possible?'],
    ],
  },
  {
    with: 'rafael',
    unread: 0,
    theySaw: 'delivered',
    lines: [
      [
        'me',
        '0 09:40',
        'The passport copies of the last two couples are missing. Can you get them from the customer?',
      ],
      ['them', '0 10:02', 'All four copies are here now, I put them on the drive.'],
      ['them', '0 10:03', 'Guide for day two: Inês, from 09:30 at the hotel.', null, { starredBy: 'amina' }],
      [
        'me',
        '0 11:15',
        'Thank you! Could you hold two more twin rooms until Thursday? One family is still deciding.',
      ],
    ],
  },
  {
    with: 'layla',
    unread: 1,
    theySaw: 'all',
    lines: [
      ['them', '0 08:30', 'الصور ممتازة، والفندق قريب جداً من المرفأ.'],
      ['me', '0 08:40', 'Great, thank you ليلى. Can you confirm the airport pick-up?'],
      ['them', '0 10:36', 'سأرسل التأكيد بعد الظهر إن شاء الله'],
    ],
  },
  {
    with: 'kenji',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', '-1 19:05', 'The late group is booked in for 21:30.', null, { as: 'late-group' }],
      ['them', '0 09:50', 'The dinner for Thursday: 24 people at eight, or 26?'],
      ['me', '0 09:59', '26, the two drivers eat with us.'],
      ['them', '0 10:20', 'はい、26名で予約しました。'],
      ['me', '0 10:23', 'Thank you, booked for Thursday'],
    ],
  },
  {
    with: 'priya',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', '0 08:50', 'The refund for Helena came through, 412.50 in two parts.'],
      ['me', '0 10:48', 'I will tell her. Does the second part need her signature?'],
      ['them', '0 10:49', 'No, only the first did.'],
    ],
  },
  {
    with: 'luca',
    unread: 0,
    theySaw: 'nothing',
    lines: [
      ['them', '0 09:40', 'I am at the depot, back after five.'],
      ['me', '0 11:02', 'The transfer leaves at 06:15, door B'],
    ],
  },
  {
    with: 'tomas',
    unread: 0,
    theySaw: 'delivered',
    lines: [
      ['them', '-1 16:20', 'I leave you the Madeira file, it only needs the last payment.'],
      ['me', '-1 16:41', 'Got it. Enjoy the weekend!'],
    ],
  },
  {
    with: 'adaeze',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', '-2 13:30', 'Could you take the Friday meeting? I am with the auditor until four.'],
      ['me', '-2 13:41', 'Yes. Could you check the seat map before?'],
      ['them', '-2 13:52', 'Checked. Rows 12 to 18 are ours.'],
    ],
  },
  {
    with: 'farah',
    unread: 0,
    theySaw: 'all',
    lines: [['them', '-3 08:05', 'All quiet. Two late check-ins in Hanoi, both in their rooms now.']],
  },
  {
    with: 'samira',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', '-15 16:10', 'Thank you for the welcome, I found everything.'],
      ['me', '-15 16:15', 'Glad to have you here!'],
    ],
  },
  {
    with: 'nuno',
    unread: 0,
    theySaw: 'all',
    archived: true,
    lines: [
      ['them', '-9 15:10', 'My last day today. The keys of the depot are in the top drawer.'],
      ['me', '-9 15:22', 'Thank you for everything, Nuno. Good luck with the boat!'],
    ],
  },
  {
    of: 'mei',
    with: 'kenji',
    unread: 2,
    theySaw: 'all',
    lines: [
      ['me', '-1 10:05', 'Do you still have the menu of the place at the pier?'],
      ['them', '-1 10:31', 'I send it to you. The fish is what to take.'],
      ['them', '0 09:20', 'They can seat 26 tonight, in two rows.'],
      ['them', '0 09:21', 'Shall I say yes?'],
    ],
  },
  {
    of: 'mei',
    with: 'rafael',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', '-1 14:12', 'Which rooms did the Lindqvists get in the end?'],
      ['me', '-1 14:15', '31 and 32, sea side.'],
      ['them', '-1 14:16', 'They will love it 🙂'],
    ],
  },
  {
    of: 'mei',
    with: 'farah',
    unread: 1,
    theySaw: 'all',
    lines: [
      ['me', '-1 17:20', 'Two arrivals after midnight, both prepaid. The codes are in the book.'],
      ['them', '0 07:40', 'Both in their rooms. The second couple had no luggage, I opened a claim.'],
    ],
  },
  {
    of: 'mei',
    with: 'luca',
    unread: 0,
    theySaw: 'delivered',
    lines: [
      ['them', '-2 11:02', 'The small van is back from the garage.'],
      ['me', '-2 11:10', 'Great, then it takes the airport run on Friday.'],
    ],
  },
]
