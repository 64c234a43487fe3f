import { findLinks } from '../messages/find-links.ts'
import { hasMarks } from './formatted.ts'
import { parseFormatted } from './parse-formatted.ts'
import { plainText } from './plain-text.ts'

/** What a text says without its marks; addresses in it stay whole. What consists of marks alone stays as it was typed. */
export function plainOf(text: string): string {
  if (!hasMarks(text)) return text
  const plain = plainText(parseFormatted(text, findLinks))
  return plain.trim() === '' ? text : plain
}
