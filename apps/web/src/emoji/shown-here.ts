import type { EmojiData } from 'frimousse'

const MODEL = '😀'
/** All pictures of one font are equally wide; what is not came from another font, or in pieces. */
const OFF_BY = 0.2
/** More than this share would be left out: the system draws them its own way, and nothing can be told. */
const TELLING = 0.3

let missing: ReadonlySet<string> | null = null

/** Leaves out what this system has no picture for. Only widths are asked for: to draw them all takes seconds. */
export function shownHere(data: EmojiData): EmojiData {
  missing ??= findMissing(data.emojis.map(({ emoji }) => emoji))
  const gone = missing
  return gone.size === 0 ? data : { ...data, emojis: data.emojis.filter(({ emoji }) => !gone.has(emoji)) }
}

function findMissing(all: readonly string[]): ReadonlySet<string> {
  const pen = new OffscreenCanvas(1, 1).getContext('2d')
  if (!pen) return new Set()
  pen.font = '20px "Apple Color Emoji", "Noto Color Emoji", "Segoe UI Emoji", sans-serif'
  const wide = pen.measureText(MODEL).width
  const found = all.filter((emoji) => Math.abs(pen.measureText(emoji).width - wide) > wide * OFF_BY)
  return found.length > all.length * TELLING ? new Set() : new Set(found)
}
