/** The same hue for a person on every device (FNV-1a over the id, whose first digits are much alike). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  return (hash >>> 8) % 360
}

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null

/** The first two characters as a reader counts them: "Am", "لي", and never half of an emoji. */
export function initialsOf(name: string): string {
  const word = name.replace(/\s+/g, '')
  const characters = segmenter
    ? Array.from(segmenter.segment(word), (part) => part.segment)
    : Array.from(word)
  const [first = '', second = ''] = characters
  return first.toLocaleUpperCase() + second
}
