/** Control characters other than tab and line feed never mean anything in what people write; half a surrogate pair is no letter. */
const UNREADABLE = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Cs}/u

/** Something that leaves ink. */
const INK = /[^\s\u2800\p{Cc}\p{Default_Ignorable_Code_Point}]/u

export const CANNOT_BE_SHOWN = 'This holds characters that cannot be shown.'
export const EMPTY = 'This cannot be empty.'
export const tooLong = (max: number) => `At most ${max} characters.`

export const isReadable = (value: string) => !UNREADABLE.test(value)
export const isVisible = (value: string) => INK.test(value)

/** What is wrong with a text as `paragraph(max)` takes it, in a sentence; null where nothing is. For whoever carries no schemas. */
export function problemOfParagraph(text: string, max: number): string | null {
  if (text.length > max) return tooLong(max)
  if (text.trim() === '') return EMPTY
  if (!isReadable(text)) return CANNOT_BE_SHOWN
  return isVisible(text) ? null : EMPTY
}
