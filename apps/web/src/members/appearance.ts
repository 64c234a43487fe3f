/** The same hue for a person on every device; 360 of them from the id's last, random digits. */
export function hueOf(id: string): number {
  let sum = 7
  for (const character of id.slice(-12)) sum = (sum * 31 + character.charCodeAt(0)) % 360
  return sum
}

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null

/** The first two characters as a reader counts them: "Am", "لي", and never half of an emoji. */
export function initialsOf(name: string): string {
  const word = name.trim().split(/\s+/)[0] ?? ''
  const characters = segmenter ? Array.from(segmenter.segment(word), (part) => part.segment) : Array.from(word)
  const [first = '', second = ''] = characters
  return first.toLocaleUpperCase() + second
}
