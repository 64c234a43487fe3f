import { DomainError } from '../../kernel/domain-error.ts'
import { linesOf } from './text-lines.ts'
import { readFirstLine, type WrittenTime } from './whatsapp-line.ts'
import { readText, type SaidText } from './whatsapp-text.ts'

/** A message as the file has it. */
export interface WrittenMessage extends SaidText {
  /** On which line of the file it begins, from 1. */
  readonly line: number
  readonly time: WrittenTime
  /** null in a line of WhatsApp's own. */
  readonly author: string | null
}

/** More than that is refused before anything of it is imported. */
const CHAT_MESSAGES_MAX = 500_000

/** A line before the first message: the file does not begin where it should. */
export interface StrayLine {
  readonly line: number
  readonly stray: true
}

/** So much of one message; what follows it in the file is more than a message can be. In UTF-16 units. */
const TEXT_MAX = 100_000

interface Open {
  readonly line: number
  readonly first: NonNullable<ReturnType<typeof readFirstLine>>
  readonly lines: string[]
  length: number
}

/**
 * Reads the messages of a chat that WhatsApp has exported, in their order, some at a time: between two of them others have their turn.
 * @throws DomainError what `linesOf` throws, chat_too_long
 */
export async function* readChat(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly (WrittenMessage | StrayLine)[]> {
  let open: Open | null = null
  let line = 0
  let count = 0
  for await (const lines of linesOf(bytes)) {
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      const read: (WrittenMessage | StrayLine)[] = []
      for (const text of lines.slice(from, from + AT_ONCE)) {
        line += 1
        const first = readFirstLine(text)
        if (first) {
          if (open) read.push(messageOf(open))
          open = { line, first, lines: [first.text], length: first.text.length }
          count += 1
          if (count > CHAT_MESSAGES_MAX) throw new DomainError('chat_too_long')
        } else if (open) goOn(open, text)
        else if (text.trim() !== '') read.push({ line, stray: true })
      }
      if (read.length > 0) yield read
      await new Promise(setImmediate)
    }
  }
  if (open) yield [messageOf(open)]
}

/** Lines that are looked at without a pause: about a millisecond's work. */
const AT_ONCE = 300

function goOn(open: Open, text: string): void {
  open.length += text.length + 1
  if (open.length > TEXT_MAX) throw new DomainError('chat_unreadable')
  open.lines.push(text)
}

function messageOf({ line, first, lines }: Open): WrittenMessage {
  const { time, author, marked } = first
  const said = readText(lines.join('\n'), marked)
  const isTold = author === null || said.system
  return { line, time, author: isTold ? null : author, ...said, system: isTold }
}
