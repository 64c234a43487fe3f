/**
 * Makes text comparable: no case, no accents, one kind of quotes, dashes and space. Server and devices search with this and nothing
 * else, so that both storage engines, and a device without a network, find the same.
 */

/** Plain ASCII needs only its case and its space folded. */
const PLAIN = /^[\x20-\x7e]*$/

/** A letter with the marks on it, those of narrow katakana too; the parts of a Korean syllable together. */
const CLUSTERS = /[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu

/** Marks that may be left out without changing the word: accents, Hebrew points, Arabic harakat. Indic and Thai vowels stay. */
const OPTIONAL_MARKS =
  /[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff]/gu

/** Takes no ink, or means something only to a program; the search index uses private characters for its own. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Co}\u0640]/gu
const SPACE = /[\s\p{Cc}\u2800]+/gu

/** Letters that people type as others and that no decomposition joins. */
const SAME: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
  ς: 'σ',
  // Arabic: the forms of alef, alef maqsura, teh marbuta; Persian letters that look the same
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
}

/** The figures of Arabic and Persian, which are written with ours too. */
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g
const westernDigit = (digit: string) => String((digit.codePointAt(0) ?? 0) & 0xf)

const known = new Map<string, string>()
/** Scripts with thousands of letters fill it; then it begins anew. */
const KNOWN_MAX = 20_000
/** No letter of any language is longer. What somebody has piled up is folded each time anew, and takes no memory. In UTF-16 units. */
const KNOWN_LENGTH_MAX = 16

function foldCluster(cluster: string): string {
  const before = known.get(cluster)
  if (before !== undefined) return before
  const bare = cluster.toLowerCase().normalize('NFKD').replace(OPTIONAL_MARKS, '').replace(UNSEEN, '')
  const same = Array.from(bare, (letter) => SAME[letter] ?? letter).join('')
  const folded = same.replace(ARABIC_DIGITS, westernDigit).toLowerCase().replace(SPACE, ' ').normalize('NFC')
  if (cluster.length > KNOWN_LENGTH_MAX) return folded
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(cluster, folded)
  return folded
}

/** Text as it is compared: nothing but a single space between words, none around. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim()
  let folded = ''
  for (const [cluster] of text.matchAll(CLUSTERS)) folded += foldCluster(cluster)
  return folded.replace(/ {2,}/g, ' ').trim()
}

/** Folded text that knows where each part of it came from. */
export interface FoldedPlaces {
  readonly folded: string
  /** For each UTF-16 unit of `folded` where the letter that it came from begins in the text. */
  readonly starts: readonly number[]
  /** … and where it ends. */
  readonly ends: readonly number[]
}

/** As `fold`, with the places; for what is shown, since it costs more. */
export function foldWithPlaces(text: string): FoldedPlaces {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: cluster, index } of text.matchAll(CLUSTERS)) {
    for (const unit of foldCluster(cluster).split('')) {
      if (unit === ' ' && (folded === '' || folded.endsWith(' '))) continue
      folded += unit
      starts.push(index)
      ends.push(index + cluster.length)
    }
  }
  return { folded: folded.endsWith(' ') ? folded.slice(0, -1) : folded, starts, ends }
}
