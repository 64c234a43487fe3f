/** A line of a demo chat: who writes (`me` is the admin), how many minutes ago, what. */
export type DemoLine = readonly [who: 'me' | 'them', minutesAgo: number, text: string]

export interface DemoChat {
  /** The mailbox of the other person. */
  readonly with: string
  readonly lines: readonly DemoLine[]
  /** How many of the last lines the admin has not seen. */
  readonly unread: number
  /** How far the other person got with the admin's lines. */
  readonly theySaw: 'all' | 'delivered' | 'nothing'
}

const DAY = 24 * 60

/** What one day at the desk sounds like; repeated over weeks it makes a long history to scroll through. */
const DESK_TALK: readonly (readonly ['me' | 'them', string])[] = [
  ['them', 'Morning. The early transfer is on its way, six people, two wheelchairs.'],
  ['me', 'Good. Is the ramp confirmed at the harbour?'],
  ['them', 'Yes, I called them at seven. They open the side gate for us.'],
  ['them', 'The hotel asks for the passport copies of the last two couples.'],
  ['me', 'I will chase Rafael. He promised them for noon.'],
  ['them', 'Thanks. And the museum moved our slot to 15:30, half an hour later.'],
  ['me', 'That works, lunch can be slower for once. Please tell the guide.'],
  ['them', 'Done, she is fine with it.'],
]

function longHistory(days: number): DemoLine[] {
  const lines: DemoLine[] = []
  for (let day = days; day >= 2; day -= 1) {
    DESK_TALK.forEach(([who, text], index) => {
      lines.push([who, day * DAY - index * 9, text])
    })
  }
  return lines
}

export const DEMO_CHATS: readonly DemoChat[] = [
  {
    with: 'mei',
    unread: 0,
    theySaw: 'all',
    lines: [
      ...longHistory(60),
      ['them', 176, 'Morning. The coach company has confirmed two vehicles for the 14th, 49 seats each.'],
      ['them', 175, 'Pick-up is at the old harbour, not at the station.'],
      ['me', 164, 'Good. I have put it on the list and told the guide.'],
      ['them', 96, 'Please check rooms 4 to 9 once more. The hotel wants the list back by noon.'],
      ['me', 90, 'Looking at it now. Room 7 should be a twin, not a double.'],
      ['them', 88, 'You are right, corrected. Everything else?'],
      ['me', 52, 'Everything else is fine. I’ll send it to the hotel at 15:00.'],
      ['me', 51, 'Then only the insurance is missing.'],
    ],
  },
  {
    with: 'yusuf',
    unread: 3,
    theySaw: 'all',
    lines: [
      ['me', DAY + 30, 'How did the call with the school go?'],
      ['them', DAY + 22, 'Well! 46 pupils, four teachers, first week of May.'],
      ['me', DAY + 20, 'Lovely. Ask them about allergies early this time 🙂'],
      ['them', 70, 'Does each of the coaches have a lift? One of the mothers travels with a wheelchair.'],
      [
        'them',
        69,
        'And the airline confirms 20 kg per person, see https://baggage.example/group-rates for the table.',
      ],
      ['them', 31, 'They would like to pay in three parts. Is that possible?'],
    ],
  },
  {
    with: 'rafael',
    unread: 0,
    theySaw: 'delivered',
    lines: [
      [
        'me',
        140,
        'The passport copies of the last two couples are missing. Can you get them from the customer?',
      ],
      ['them', 118, 'All four copies are here now, I put them on the drive.'],
      ['them', 117, 'Guide for day two: Inês, from 09:30 at the hotel.'],
      [
        'me',
        45,
        'Thank you! Could you hold two more twin rooms until Thursday? One family is still deciding.',
      ],
    ],
  },
  {
    with: 'layla',
    unread: 1,
    theySaw: 'all',
    lines: [
      ['them', 210, 'الصور ممتازة، والفندق قريب جداً من المرفأ.'],
      ['me', 200, 'Great, thank you ليلى. Can you confirm the airport pick-up?'],
      ['them', 84, 'سأرسل التأكيد بعد الظهر إن شاء الله'],
    ],
  },
  {
    with: 'kenji',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', 130, 'The dinner for Thursday: 24 people at eight, or 26?'],
      ['me', 121, '26, the two drivers eat with us.'],
      ['them', 100, 'はい、26名で予約しました。'],
      ['me', 97, 'Thank you, booked for Thursday'],
    ],
  },
  {
    with: 'priya',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', 190, 'The refund for Helena came through, 412.50 in two parts.'],
      ['me', 72, 'I will tell her. Does the second part need her signature?'],
      ['them', 71, 'No, only the first did.'],
    ],
  },
  {
    with: 'luca',
    unread: 0,
    theySaw: 'nothing',
    lines: [
      ['them', 260, 'I am at the depot, back after five.'],
      ['me', 58, 'The transfer leaves at 06:15, door B'],
    ],
  },
  {
    with: 'tomas',
    unread: 0,
    theySaw: 'delivered',
    lines: [
      ['them', DAY + 420, 'I leave you the Madeira file, it only needs the last payment.'],
      ['me', DAY + 400, 'Got it. Enjoy the weekend!'],
    ],
  },
  {
    with: 'adaeze',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', 2 * DAY + 90, 'Could you take the Friday meeting? I am with the auditor until four.'],
      ['me', 2 * DAY + 80, 'Yes. Could you check the seat map before?'],
      ['them', 2 * DAY + 70, 'Checked. Rows 12 to 18 are ours.'],
    ],
  },
  {
    with: 'farah',
    unread: 0,
    theySaw: 'all',
    lines: [['them', 3 * DAY, 'All quiet. Two late check-ins in Hanoi, both in their rooms now.']],
  },
  {
    with: 'samira',
    unread: 0,
    theySaw: 'all',
    lines: [
      ['them', 15 * DAY, 'Thank you for the welcome, I found everything.'],
      ['me', 15 * DAY - 5, 'Glad to have you here!'],
    ],
  },
]
