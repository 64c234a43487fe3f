/** Text as people write it, for searching: words as frequent as in any language, other scripts among them, the same in every run. */
export interface Talk {
  /** The next thing that somebody says. */
  next(): string
  /** Words by how often they are said, the commonest first. */
  readonly words: readonly string[]
  /** The same of Chinese characters. */
  readonly characters: readonly string[]
}

const COMMON =
  'the to and of in is for on at we you it be as ok so no up coach harbour weather ferry ticket guide hotel lunch please tomorrow confirmed report'.split(
    ' ',
  )
const SYLLABLES =
  'ba be bi bo bu ca ce co da de di do fa fe fi fo ga ge go ha he hi ho ja jo ka ke ki ko la le li lo lu ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to tu va ve vi za ze zo tra ster ning port land ment'.split(
    ' ',
  )
const VOCABULARY = 30_000
const CHARACTERS = 3_000
/** How much of what is said is Chinese. */
const CHINESE = 0.1

export function createTalk(seed: number): Talk {
  let state = seed
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const below = (count: number) => Math.floor(chance() * count)
  /** The first few very often, the last very seldom. */
  const ranked = (count: number) =>
    Math.min(count - 1, Math.floor(Math.exp(chance() * Math.log(count + 1)) - 1))
  const made = (length: number) => Array.from({ length }, () => SYLLABLES[below(SYLLABLES.length)]).join('')
  const words = [...COMMON]
  const known = new Set(words)
  while (words.length < VOCABULARY) {
    const word = made(2 + below(3))
    if (!known.has(word)) words.push(word)
    known.add(word)
  }
  const characters = Array.from({ length: CHARACTERS }, (_, index) =>
    String.fromCodePoint(0x4e00 + index * 5),
  )
  const say = (count: number, from: readonly string[], between: string) =>
    Array.from({ length: count }, () => from[ranked(from.length)]).join(between)
  return {
    words,
    characters,
    next: () => (chance() < CHINESE ? say(8 + below(24), characters, '') : say(4 + below(18), words, ' ')),
  }
}
