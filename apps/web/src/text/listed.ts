/** English sets no comma before "and" here; another catalogue names its own language. */
const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** "Mei", "Mei and Luca", "Mei, Luca and 3 others". */
export const listed = (parts: readonly string[]): string => conjunction.format(parts)

/** Hebrew, Arabic and their kin. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** A name inside a sentence: where it is written the other way, it does not turn the words around it. */
export const isolated = (name: string): string => (RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name)
