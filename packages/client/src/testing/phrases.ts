import { oneOf, upTo } from './seeded.ts'

/** What people write in names and single lines: scripts, marks that join, signs beyond the first 65,536. */
const plain = [
  'plain words',
  'cafe\u0301 and re\u0301sume\u0301', // combining marks, which a normalisation would join
  'Z\u0335\u0321\u0353a\u0334\u0318l\u0335\u0349go',
  '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}\u200d\u{1F466}', // a family, joined by U+200D
  '\u{1F44D}\u{1F3FE} \u2764\ufe0f \u{1F1F5}\u{1F1F9}', // skin tone, variation selector, flag
  '\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd',
  '\u0645\u064e\u0631\u0652\u062d\u064e\u0628\u064b\u0627 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
  '\u6771\u4eac\u306e\u5929\u6c17 \ud55c\uad6d\uc5b4 \u{20BB7}\u91ce\u5bb6',
  '\u0915\u094d\u0937\u0924\u094d\u0930\u093f\u092f \u0e01\u0e33\u0e25\u0e31\u0e07',
  '"quoted" \\ <b>&amp;</b> \'$1\' {0} %s',
  '\u00df\u0130\u0131\ufb01 \u2126 \uff21', // letters that change with case and with compatibility forms
] as const

/** What is allowed in messages besides. */
const free = [
  'two\nlines\n\n\tand a tab',
  'abc \u202e\u05d0\u05d1\u05d2\u202c \u200f\u200e\u2067x\u2069',
  'zero\u200bwidth\u2060 \u00a0nbsp\u2003em \u2028line',
  '\ufffd\ufeff\ufffe in the middle',
  'e'.padEnd(300, '\u0301'),
] as const

/** A few words for a name, or anything else of one short line. Never with space around it, which would be cut off. */
export const somePlainPhrase = (random: () => number): string => oneOf(random, plain)

/** A few words for a message. */
export const somePhrase = (random: () => number): string =>
  Array.from({ length: 1 + upTo(random, 2) }, () => oneOf(random, [...plain, ...free])).join(' ')
