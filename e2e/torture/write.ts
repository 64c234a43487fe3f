import type { SendOptions } from '@parley/client/client-api'
import { somePhrase } from '@parley/client/testing/phrases'
import type { Cast, Person } from './cast.ts'

/** Something that nobody else says: it ends with a mark by which it is found wherever it stands. */
export function newText({ chance }: Cast, { name, device }: Person): { text: string; mark: string } {
  const mark = `${name} ${device.nextNumber()}`
  return { text: `${somePhrase(chance.next)} ${mark}`, mark }
}

/** Somebody writes a message; what it begins with may call somebody, or link to a page. */
export async function write(
  cast: Cast,
  person: Person,
  conversationId: string,
  { begins = '', carries = false, ...options }: SendOptions & { begins?: string; carries?: boolean } = {},
): Promise<void> {
  const { text: words, mark } = newText(cast, person)
  const text = `${begins}${words}`
  const file = { bytes: new Blob([mark]), name: `${mark}.txt`, type: 'text/plain', kind: 'document' } as const
  const given = carries ? { ...options, files: [file] } : options
  const id = await person.device.client.send(conversationId, text, given)
  person.written.push({ conversationId, id, text })
  cast.ledger.wrote({ id, conversationId, memberId: person.memberId, mark })
}
