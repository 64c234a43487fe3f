import { createHash } from 'node:crypto'
import { IMPORTED_PEOPLE_MAX, type ImportPreview } from '@parley/contracts/imports/chat-import'
import { DomainError } from '../../kernel/domain-error.ts'
import { DateOrderFinder, type Reading, type WallTime } from './date-order.ts'
import type { OpenedChat } from './open-chat.ts'
import { readChat, type WrittenMessage } from './read-chat.ts'

/** What a chat holds, as far as it concerns no group yet. */
export interface InspectedChat extends Omit<ImportPreview, 'repeated' | 'groupHasMessages' | 'memberIds'> {
  /** SHA-256 of its text, in hex. */
  readonly digest: string
}

const PROBLEMS_MAX = 20

type Problem = ImportPreview['problems'][number]

/**
 * Reads a whole chat and tells what there is in it.
 * @throws DomainError what `readChat` throws, chat_unreadable where there is no message in it
 */
export async function inspectChat(chat: OpenedChat): Promise<InspectedChat> {
  const hash = createHash('sha256')
  const counts = new ChatCounts(chat)
  for await (const some of readChat(hashed(await chat.text(), hash))) {
    for (const one of some) {
      if ('stray' in one) counts.note({ line: one.line, what: 'before-first-message' })
      else counts.see(one)
    }
  }
  const readings = counts.finder.readings()
  const [best] = readings
  if (!best || counts.messages === 0) throw new DomainError('chat_unreadable')
  for (const line of best.unread) counts.note({ line, what: 'no-such-date' })
  return {
    chatName: chat.name,
    digest: hash.digest('hex'),
    people: [...counts.people]
      .map(([name, messages]) => ({ name, messages }))
      .sort((a, b) => b.messages - a.messages || a.name.localeCompare(b.name)),
    messages: counts.messages,
    systemLines: counts.systemLines,
    files: counts.files,
    filesMissing: counts.filesMissing,
    filesOmitted: counts.filesOmitted,
    readings: readings.map(presentReading),
    problems: counts.problems.sort((a, b) => a.line - b.line).slice(0, PROBLEMS_MAX),
    problemCount: counts.problemCount - best.unread.length + best.unreadCount,
  }
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}

class ChatCounts {
  readonly finder = new DateOrderFinder()
  readonly people = new Map<string, number>()
  readonly problems: Problem[] = []
  problemCount = 0
  messages = 0
  systemLines = 0
  files = 0
  filesMissing = 0
  filesOmitted = 0
  readonly #chat: OpenedChat

  constructor(chat: OpenedChat) {
    this.#chat = chat
  }

  note(problem: Problem): void {
    this.problemCount += 1
    if (this.problems.length < 2 * PROBLEMS_MAX) this.problems.push(problem)
  }

  see(message: WrittenMessage): void {
    const { line, time, author, text, attachment, omitted, deleted } = message
    this.finder.see(time, line)
    if (author === null) {
      this.systemLines += 1
      return
    }
    this.messages += 1
    this.people.set(author, (this.people.get(author) ?? 0) + 1)
    if (this.people.size > IMPORTED_PEOPLE_MAX) throw new DomainError('chat_unreadable')
    if (attachment !== null) this[this.#chat.files.has(attachment) ? 'files' : 'filesMissing'] += 1
    if (omitted) this.filesOmitted += 1
    if (text === '' && attachment === null && !omitted && !deleted) this.note({ line, what: 'nothing-in-it' })
  }
}

const presentReading = ({ order, first, last }: Reading) => ({
  order,
  first: written(first),
  last: written(last),
})

const two = (value: number): string => String(value).padStart(2, '0')
const written = ({ year, month, day, hour, minute }: WallTime): string =>
  `${String(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
