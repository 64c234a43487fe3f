import type { DemoLine } from './demo-line.ts'

type Said = readonly [who: 'me' | 'them', text: string]

/** A short exchange and the hour it belongs to: nobody says "Morning" in the afternoon. */
interface Exchange {
  readonly hour: number
  readonly said: readonly Said[]
}

const at = (hour: number, ...said: Said[]): Exchange => ({ hour, said })

const MORNINGS: readonly Exchange[] = [
  at(
    8,
    ['them', 'Morning. The early transfer is on its way, six people, two wheelchairs.'],
    ['me', 'Good. Is the ramp confirmed at the harbour?'],
    ['them', 'Yes, I called them at seven. They open the side gate for us.'],
  ),
  at(
    9,
    ['me', 'Good morning. Anything from the night desk?'],
    ['them', 'One late arrival in Porto, they are in their room.'],
  ),
  at(
    9,
    ['them', 'The hotel asks for the passport copies of the last two couples.'],
    ['me', 'I will chase Rafael. He promised them for noon.'],
  ),
  at(8, ['them', 'I am in. Coffee machine is broken again, I bring some from downstairs.'], ['me', '☕️🙏']),
  at(
    9,
    ['me', 'Can you look over the list for the school group before ten?'],
    ['them', 'Done. Two names were spelled differently than in the passports, I corrected them.'],
    ['me', 'Well spotted.'],
  ),
  at(
    10,
    ['them', 'The ferry has moved to the north pier. I have told the driver.'],
    ['me', 'And the guide?'],
    ['them', 'Her too, she waits at the kiosk.'],
  ),
  at(
    9,
    ['them', 'Morning! 14 new requests overnight, nine of them for Madeira.'],
    ['me', 'Madeira goes to Tomás.'],
  ),
]

const MIDDAYS: readonly Exchange[] = [
  at(
    12,
    ['them', 'The museum moved our slot to 15:30, half an hour later.'],
    ['me', 'That works, lunch can be slower for once. Please tell the guide.'],
    ['them', 'Done, she is fine with it.'],
  ),
  at(11, ['me', 'Lunch at half past twelve?'], ['them', 'Yes. The Thai place?'], ['me', '👍']),
  at(
    13,
    ['them', 'The bus company wants the deposit today, 640 in all.'],
    ['me', 'Priya has approved it, you can send it.'],
  ),
  at(
    12,
    ['me', 'Did the family from Ghent answer about the cot?'],
    ['them', 'They bring their own. One thing less.'],
  ),
  at(
    11,
    ['them', 'Room 12 has a view of the yard. Shall I ask for another?'],
    ['me', 'Please do.'],
    ['them', 'They give us 31, same price, sea side.'],
  ),
  at(13, ['them', 'Could you sign the contract with the winery? It is in your tray.'], ['me', 'Signed.']),
]

const AFTERNOONS: readonly Exchange[] = [
  at(
    15,
    ['them', 'Afternoon flight is 40 minutes late. The driver knows and waits.'],
    ['me', 'Thanks. I write to the hotel so that they keep the kitchen open.'],
  ),
  at(16, ['me', 'How many seats are left on the 22nd?'], ['them', 'Five, two of them together.']),
  at(
    16,
    ['them', 'The Lindqvists would like to stay a night longer.'],
    ['me', 'Is their room free?'],
    ['them', 'Not theirs, but the one next door. They take it.'],
  ),
  at(
    15,
    ['me', 'The insurance papers for the hikers are missing.'],
    ['them', 'They came by post this morning, I scan them now.'],
    ['them', 'All nine are in the folder.'],
  ),
  at(17, ['them', 'I am off, everything for tomorrow is on your desk.'], ['me', 'Thank you, good evening!']),
  at(
    17,
    ['them', 'The last group has checked in. All 32 keys handed out.'],
    ['me', 'Perfect day then. See you tomorrow.'],
  ),
  at(16, ['them', 'A thank-you card came from the choir 🙂'], ['me', 'Pin it to the wall!']),
]

/** Spreads the days over the exchanges without a pattern that shows, the same every time. */
const scatter = (day: number, salt: number) => ((day * 2_654_435_761 + salt * 40_503) >>> 7) % 9_973

const pad = (value: number) => String(value).padStart(2, '0')

/** So many days of work with a colleague, up to the day before yesterday; no day is like the one before. */
export function deskTalk(days: number): DemoLine[] {
  const lines: DemoLine[] = []
  for (let day = days; day >= 2; day -= 1) {
    ;[MORNINGS, MIDDAYS, AFTERNOONS].forEach((pool, part) => {
      const dice = scatter(day, part + 1)
      // Not every part of a day had something to be said.
      if (dice % 5 === 0) return
      const exchange = pool[(day + dice) % pool.length]
      exchange?.said.forEach(([who, text], index) => {
        const minute = (dice % 38) + index * 4
        lines.push([who, `${-day} ${pad(exchange.hour)}:${pad(minute)}`, text])
      })
    })
  }
  return lines
}
