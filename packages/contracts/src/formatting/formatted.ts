/** What a formatted text consists of. Nothing of what was written is lost but the marks themselves. */
export type Piece =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly pieces: readonly Piece[] }

export interface ListItem {
  /** As it was written; null where the list counts nothing. */
  readonly number: number | null
  /** How far it is set in; 0 to 3. */
  readonly level: number
  readonly pieces: readonly Piece[]
}

/** `gap`: how many empty lines stand before it. */
export type Block = { readonly gap: number } & (
  | { readonly kind: 'paragraph' | 'quote'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'code'; readonly text: string }
)

/** A pair of the same mark on one line, code, or a line that begins a list or a quote. Says too often yes rather than too seldom. */
const MARKS = /([*_~`])[^\n]*\1|```|^[ \t]{0,8}(?:[-*•][ \t]|\d{1,9}[.)][ \t]|>)/m

/** Whether a text may be formatted at all: most are not, and need no parser. */
export const hasMarks = (text: string): boolean => MARKS.test(text)

export interface Span {
  readonly from: number
  readonly to: number
}

/** Where no mark counts, since it belongs to an address or to a name. */
export type Protected = (text: string) => readonly Span[]
