import { createHash } from 'node:crypto'
import { MESSAGE_MAX_LENGTH } from '@parley/contracts/messages/bounds'
import { isVisible } from '@parley/contracts/kernel/written-text'
import { wallTimeOf, type WallTime } from './date-order.ts'
import type { ImportRecord } from './import.ts'
import { createZone } from './local-time.ts'
import { readChat, type WrittenMessage } from './read-chat.ts'

/** What becomes of one message of a chat. */
export interface PlannedMessage {
  /** Its place among the messages of people, from 1. */
  readonly place: number
  readonly author: string
  readonly memberId: string | null
  /** ms since 1970; null where its date is none. */
  readonly sentAt: number | null
  /** Its text, cut where it is longer than a message here may be; one empty piece where there is none. */
  readonly pieces: readonly string[]
  /** One for each piece. */
  readonly fingerprints: readonly string[]
  readonly attachment: string | null
  readonly omitted: boolean
  readonly edited: boolean
  readonly deleted: boolean
}

/**
 * The messages of people in a chat, as they are to be imported, in their order and some at a time.
 * @throws DomainError what `readChat` throws
 */
export async function* planMessages(
  text: AsyncIterable<Uint8Array>,
  { dateOrder, timeZone, people }: Pick<ImportRecord, 'dateOrder' | 'timeZone' | 'people'>,
): AsyncGenerator<PlannedMessage[]> {
  const instantOf = createZone(timeZone)
  const members = new Map(people.map(({ name, memberId }) => [name, memberId]))
  const prints = new Fingerprints()
  let place = 0
  for await (const some of readChat(text)) {
    const planned: PlannedMessage[] = []
    for (const message of some) {
      if ('stray' in message || message.author === null) continue
      place += 1
      const { author, attachment, omitted, edited, deleted } = message
      const wall = wallTimeOf(message.time, dateOrder)
      const pieces = piecesOf(isVisible(message.text) ? message.text : '')
      planned.push({
        place,
        author,
        memberId: members.get(author) ?? null,
        sentAt: wall && instantOf(wall),
        pieces,
        fingerprints: prints.of(message, author, wall, pieces.length),
        ...{ attachment, omitted, edited, deleted },
      })
    }
    if (planned.length > 0) yield planned
  }
}

/** Cut between words where there are any, and never within a letter. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > MESSAGE_MAX_LENGTH) {
    const space = rest.lastIndexOf(' ', MESSAGE_MAX_LENGTH)
    const cut = space > MESSAGE_MAX_LENGTH / 2 ? space : wholeLetters(rest, MESSAGE_MAX_LENGTH)
    pieces.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  return [...pieces.filter((piece) => piece !== ''), ...(rest !== '' || pieces.length === 0 ? [rest] : [])]
}

const wholeLetters = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at

/**
 * Says of messages which they are: the same for the same message in a later export of the chat, by another phone, with or without its
 * files. Who says the same twice within a minute says two things.
 */
class Fingerprints {
  #minute = ''
  readonly #within = new Map<string, number>()

  of(message: WrittenMessage, author: string, wall: WallTime | null, pieces: number): string[] {
    const minute = wall
      ? [wall.year, wall.month, wall.day, wall.hour, wall.minute].join(' ')
      : message.time.date.join('/')
    if (minute !== this.#minute) this.#within.clear()
    this.#minute = minute
    const hasFile = message.attachment !== null || message.omitted
    const said = hashOf([
      minute,
      author,
      hasFile ? 'file' : '',
      message.deleted ? 'deleted' : '',
      message.text,
    ])
    const nth = (this.#within.get(said) ?? 0) + 1
    this.#within.set(said, nth)
    return Array.from({ length: pieces }, (_, piece) => hashOf([said, String(nth), String(piece)]))
  }
}

/** 128 bits are enough to tell apart what one group holds. */
const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 32)
