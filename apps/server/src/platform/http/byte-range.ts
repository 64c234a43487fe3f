/** A part of some bytes: `from` to just before `to`. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** More digits than any file has bytes. */
const ONE_RANGE = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/

/**
 * The one range that a header asks for (RFC 9110, section 14).
 * @returns null for all of it: no header, several ranges, or something that is none, which may be answered as if nothing were asked;
 * `outside` where none of it is there
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'outside' | null {
  const match = ONE_RANGE.exec(header?.replaceAll(' ', '') ?? '')
  if (!match) return null
  const [, first, last, lastBytes] = match
  if (first === undefined) {
    const count = Math.min(Number(lastBytes), size)
    return count === 0 ? 'outside' : { from: size - count, to: size }
  }
  const from = Number(first)
  const to = last === undefined || last === '' ? size : Math.min(Number(last) + 1, size)
  // an end before the beginning is no range at all; a beginning behind the end is one that is not there
  if (last !== undefined && last !== '' && Number(last) < from) return null
  return from >= size ? 'outside' : { from, to }
}
