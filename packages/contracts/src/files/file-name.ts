/** UTF-8 bytes; what the file systems of the world can hold is 255. */
const NAME_BYTES_MAX = 200

const EXTENSION_MAX = 16

/** Line breaks and other controls, half surrogate pairs, and what changes the direction of text or takes no ink. */
const DISGUISE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\u{e0000}-\u{e007f}]/gu

/** What no file system takes in a name, or takes for a path. */
const FORBIDDEN = /[<>:"|?*]/g

/** Names that Windows keeps for its devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** In UTF-8; half a surrogate pair counts as what it is replaced by. */
function bytesOf(text: string): number {
  let bytes = 0
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

/**
 * A file's name as it is kept and shown: the last part of a path, without controls and without what disguises it, at most 200 bytes of UTF-8
 * with its extension kept. Never empty. Both ends use it, so that a sender sees at once what others will.
 */
export function cleanFileName(given: string): string {
  const lastPart = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = lastPart.replace(DISGUISE, '').replace(FORBIDDEN, '_').replace(/\s+/g, ' ')
  // a leading dot hides a file, a trailing one is dropped by Windows together with what it was to say
  const trimmed = plain.replace(/^[. ]+|[. ]+$/g, '').replace(DEVICE, '_$&')
  return shorten(trimmed) || 'file'
}

/** The extension with its dot, in lower case; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = name.slice(dot)
  return dot > 0 && extension.length > 1 && extension.length <= EXTENSION_MAX ? extension.toLowerCase() : ''
}

function shorten(name: string): string {
  if (bytesOf(name) <= NAME_BYTES_MAX) return name
  const { length } = extensionOf(name)
  const extension = length > 0 ? name.slice(-length) : ''
  const room = NAME_BYTES_MAX - bytesOf(extension)
  let stem = (length > 0 ? name.slice(0, -length) : name).slice(0, room)
  // by whole letters, so that no surrogate pair is cut
  while (bytesOf(stem) > room) stem = stem.replace(/.$/su, '')
  return stem.trimEnd() + extension
}
