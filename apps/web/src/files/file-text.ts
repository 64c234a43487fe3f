import type { File as SharedFile } from '@parley/contracts/files/file'
import type { Text } from '../text/use-text.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** "86 kB", "2.4 MB": in steps of a thousand, as file managers do. */
export function sizeText(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step)
}

/** "0:42", "1:02:03". */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const two = (number: number) => String(number).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** How a document looks: the colour of its tile, and the word for what it is. */
export type DocumentLook = 'pdf' | 'sheet' | 'slides' | 'words' | 'archive' | 'plain'

const looks: Readonly<Record<string, DocumentLook>> = {
  pdf: 'pdf',
  xls: 'sheet',
  xlsx: 'sheet',
  ods: 'sheet',
  csv: 'sheet',
  numbers: 'sheet',
  ppt: 'slides',
  pptx: 'slides',
  odp: 'slides',
  key: 'slides',
  doc: 'words',
  docx: 'words',
  odt: 'words',
  rtf: 'words',
  pages: 'words',
  zip: 'archive',
  '7z': 'archive',
  rar: 'archive',
  gz: 'archive',
  tar: 'archive',
}

const extensionOf = (name: string) => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''

export const lookOf = ({ name, type }: Pick<SharedFile, 'name' | 'type'>): DocumentLook =>
  type === 'application/pdf' ? 'pdf' : (looks[extensionOf(name)] ?? 'plain')

/** The letters on a document's tile: "PDF", "XLSX". */
export const tileText = ({ name }: Pick<SharedFile, 'name'>): string =>
  extensionOf(name).slice(0, 4).toUpperCase()

function typeText(t: Text, file: SharedFile): string {
  switch (lookOf(file)) {
    case 'pdf':
      return 'PDF'
    case 'sheet':
      return t('files.spreadsheet')
    case 'slides':
      return t('files.presentation')
    case 'words':
      return t('files.text')
    case 'archive':
      return t('files.archive')
    case 'plain':
      return file.type.startsWith('text/') ? t('files.text') : t('files.file')
  }
}

/** Why there is nothing to be opened: nothing of it ever came here, or what came was deleted. */
export const goneText = (t: Text, { size }: Pick<SharedFile, 'size'>): string =>
  t(size === 0 ? 'files.notBrought' : 'files.gone')

/** "PDF · 4 pages · 86 kB". */
export function documentText(t: Text, file: SharedFile): string {
  const pages = file.pages === undefined ? null : t('files.pages', { count: file.pages })
  return [typeText(t, file), pages, sizeText(file.size)].filter((part) => part !== null).join(' · ')
}

type Facts = Pick<SharedFile, 'kind' | 'name' | 'duration'>

type FilesLine =
  | { readonly word: 'photo' | 'video' | 'voice' }
  | { readonly word: 'photos' | 'media' | 'manyFiles'; readonly count: number }
  | { readonly word: 'voiceFor'; readonly duration: string }
  | { readonly word: 'name'; readonly name: string }

/**
 * What files are called where there is one line for all of them, whoever says it: the list of chats in its catalogue's words, a toast or a
 * notification in the few that the service worker has. null for none.
 */
export function filesLine(files: readonly Facts[]): FilesLine | null {
  const [first] = files
  if (!first) return null
  const count = files.length
  if (count > 1) {
    if (files.every(({ kind }) => kind === 'picture')) return { word: 'photos', count }
    const seen = files.every(({ kind }) => kind === 'picture' || kind === 'video')
    return { word: seen ? 'media' : 'manyFiles', count }
  }
  switch (first.kind) {
    case 'picture':
      return { word: 'photo' }
    case 'video':
      return { word: 'video' }
    case 'voice':
      return first.duration === undefined
        ? { word: 'voice' }
        : { word: 'voiceFor', duration: durationText(first.duration) }
    case 'audio':
    case 'document':
      return { word: 'name', name: first.name }
  }
}

/** "3 photos", "Voice message, 0:42", "Plan.pdf". */
export function filesText(t: Text, files: readonly Facts[]): string {
  const line = filesLine(files)
  if (!line) return ''
  switch (line.word) {
    case 'name':
      return line.name
    case 'voiceFor':
      return t('files.voiceFor', { duration: line.duration })
    case 'photos':
    case 'media':
    case 'manyFiles':
      return t(`files.${line.word}`, { count: line.count })
    default:
      return t(`files.${line.word}`)
  }
}
