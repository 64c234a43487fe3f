import type { FileKind } from './file.ts'

/** So much of a file is looked at to learn what it is. */
export const HEAD_BYTES = 64 * 1024

/** Types that a browser shows without running anything of them, by what they are to people. Nothing else is ever shown in place. */
const SHOWN: Readonly<Record<Exclude<FileKind, 'document' | 'voice'>, ReadonlySet<string>>> = {
  picture: new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']),
  video: new Set(['video/mp4', 'video/webm', 'video/quicktime', 'video/ogg', 'video/x-m4v', 'video/3gpp']),
  audio: new Set([
    'audio/mpeg',
    'audio/mp4',
    'audio/x-m4a',
    'audio/aac',
    'audio/ogg',
    'audio/opus',
    'audio/wav',
    'audio/webm',
    'audio/flac',
    'audio/x-flac',
  ]),
}

/** Pictures that are made into one that every browser shows, where that can be done. */
const MADE_OVER = new Set([...SHOWN.picture, 'image/avif', 'image/heic', 'image/heif'])

/** Containers that hold a film or only its sound. */
const SOUND_ONLY: Readonly<Record<string, string>> = {
  'video/mp4': 'audio/mp4',
  'video/webm': 'audio/webm',
  'video/ogg': 'audio/ogg',
  'video/quicktime': 'audio/mp4',
}

/** What a container that says little holds by its file's name: for the icon, nothing else. */
const BY_EXTENSION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/zip': {
    '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    '.odt': 'application/vnd.oasis.opendocument.text',
    '.ods': 'application/vnd.oasis.opendocument.spreadsheet',
    '.odp': 'application/vnd.oasis.opendocument.presentation',
    '.epub': 'application/epub+zip',
  },
  'application/x-cfb': {
    '.doc': 'application/msword',
    '.xls': 'application/vnd.ms-excel',
    '.ppt': 'application/vnd.ms-powerpoint',
    '.msg': 'application/vnd.ms-outlook',
  },
  'text/plain': { '.csv': 'text/csv', '.md': 'text/markdown', '.ics': 'text/calendar', '.vcf': 'text/vcard' },
}

const UNKNOWN = 'application/octet-stream'
export const PDF = 'application/pdf'

interface Given {
  /** What its sender means it to be. */
  readonly kind: FileKind
  /** The extension of its name, `.pdf`. */
  readonly extension: string
}

/** What a file is, by its content; what its sender says decides only between things that its content may be as well. */
export function decideType(
  { kind, extension }: Given,
  sniffed: string | null,
  head: Uint8Array,
): { readonly type: string; readonly kind: FileKind } {
  const found = sniffed?.split(';', 1)[0]?.trim().toLowerCase() ?? (isText(head) ? 'text/plain' : UNKNOWN)
  const isSound = kind === 'voice' || kind === 'audio'
  const type = (isSound ? SOUND_ONLY[found] : undefined) ?? BY_EXTENSION[found]?.[extension] ?? found
  if (kind === 'document') return { type, kind }
  if (MADE_OVER.has(type)) return { type, kind: 'picture' }
  if (SHOWN.video.has(type)) return { type, kind: 'video' }
  if (SHOWN.audio.has(type)) return { type, kind: kind === 'voice' ? 'voice' : 'audio' }
  return { type, kind: 'document' }
}

/** Whether a browser may show it in place, and as what. Everything else is only ever saved, as bytes that mean nothing. */
export function shownAs({ kind, type }: { kind: FileKind; type: string }): string | null {
  if (kind === 'document') return type === PDF ? PDF : null
  return SHOWN[kind === 'voice' ? 'audio' : kind].has(type) ? type : null
}

export const SAVED_AS = UNKNOWN

const EXTENSIONS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
}

/** A picture's name with the extension of what was made of it. */
export function renamedFor(type: string, name: string, extension: string): string {
  const [usual, ...others] = EXTENSIONS[type] ?? []
  if (usual === undefined || [usual, ...others].includes(extension)) return name
  return name.slice(0, name.length - extension.length) + usual
}

/** UTF-8 without controls that no text has. The end may be cut in the middle of a letter. */
function isText(head: Uint8Array): boolean {
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
