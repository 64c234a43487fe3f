/** One emoji as a reader counts them: with its tone, joined ones, flags and keycaps. */
const ONE = String.raw`(?:\p{RI}{2}|[0-9#*]\u{FE0F}?\u{20E3}|\p{Extended_Pictographic}(?:\u{FE0F}|\p{EMod})?(?:\u{200D}\p{Extended_Pictographic}(?:\u{FE0F}|\p{EMod})?)*)`
const FEW_EMOJI = new RegExp(String.raw`^(?:${ONE}\s*){1,3}$`, 'u')

/** Up to three emoji and nothing else: shown large. */
export const isFewEmoji = (text: string): boolean => text.length <= 60 && FEW_EMOJI.test(text.trim())

const LONG = 1_500
const LONG_LINES = 24
const SHOWN = 900
const SHOWN_LINES = 14

/** The beginning of a very long text, cut where a word ends; null for one that is shown whole. */
export function beginningOf(text: string): string | null {
  const lines = text.split('\n')
  if (text.length <= LONG && lines.length <= LONG_LINES) return null
  const beginning = lines.slice(0, SHOWN_LINES).join('\n').slice(0, SHOWN)
  const word = beginning.search(/\s\S*$/)
  return `${beginning.slice(0, word > SHOWN / 2 ? word : undefined).trimEnd()}…`
}
