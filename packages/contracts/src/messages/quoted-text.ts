import { QUOTE_MAX_LENGTH } from './bounds.ts'

/** The beginning of a message as what answers it shows it; never ends in half a character. */
export function quotedText(text: string): string {
  if (text.length <= QUOTE_MAX_LENGTH) return text
  const cut = text.slice(0, QUOTE_MAX_LENGTH - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
