import { TextDecoder } from 'node:util'
import { DomainError } from '../../kernel/domain-error.ts'

/** More than any chat that people have written. In bytes. */
const CHAT_TEXT_MAX = 200 * 1024 * 1024
/** A line of a chat is at most as long as a message may be in WhatsApp, 65,536 letters, and what stands before it. In UTF-16 units. */
const LINE_MAX = 100_000

/**
 * The lines of a text, whether it is UTF-8 or UTF-16.
 * @throws DomainError chat_unreadable (not text, or in no such encoding), chat_too_long
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let decoder: TextDecoder | undefined
  let total = 0
  let rest = ''
  for await (const chunk of bytes) {
    total += chunk.length
    if (total > CHAT_TEXT_MAX) throw new DomainError('chat_too_long')
    decoder ??= decoderFor(chunk)
    const lines = (rest + decoded(decoder, chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_MAX) throw new DomainError('chat_unreadable')
    if (lines.length > 0) yield lines.map(checked)
  }
  rest += decoder ? decoded(decoder) : ''
  if (rest !== '') yield [checked(rest)]
}

/** By the mark at its beginning; without one by where its zeros are. */
function decoderFor(head: Uint8Array): TextDecoder {
  const [first = 0, second = 0] = head
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  if (first !== 0 && second === 0 && head.length > 1) return new TextDecoder('utf-16le', { fatal: true })
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be', { fatal: true })
  return new TextDecoder('utf-8', { fatal: true })
}

function decoded(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch (cause) {
    throw new DomainError('chat_unreadable', { cause })
  }
}

function checked(line: string): string {
  if (line.length > LINE_MAX || line.includes('\0')) throw new DomainError('chat_unreadable')
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
