import type { Communication, FileKind } from '@parley/contracts/communication/communication'
import type { Text } from '../text/use-text.ts'
import '../text/words/attach.ts'
import { sizeText } from './file-text.ts'

/** How much the server takes; null while it cannot be asked. */
export interface Limits {
  readonly maxBytes: number
  readonly quotaBytes: number | null
  readonly usedBytes: number
}

/** A file that is about to be sent. */
export interface Chosen {
  readonly id: number
  readonly file: File
  readonly kind: FileKind
}

type Rules = Pick<Communication, 'fileKinds' | 'fileMaxBytes'>

/** Why a file cannot be sent, in a sentence, before a byte of it is; null where it can. */
export function problemOf(
  t: Text,
  { file, kind }: Chosen,
  rules: Rules,
  limits: Limits | null,
): string | null {
  const most = Math.min(rules.fileMaxBytes, limits?.maxBytes ?? Infinity)
  if (file.size === 0) return t('attach.empty', { name: file.name })
  if (!rules.fileKinds.includes(kind)) return t(`kindNotAllowed.${kind}`)
  if (file.size > most)
    return t('attach.tooLarge', { name: file.name, size: sizeText(file.size), most: sizeText(most) })
  return null
}

/** Why all of them together cannot be sent; null where they can. */
export function problemOfAll(t: Text, chosen: readonly Chosen[], limits: Limits | null): string | null {
  if (!limits || limits.quotaBytes === null) return null
  const left = Math.max(0, limits.quotaBytes - limits.usedBytes)
  const size = chosen.reduce((sum, { file }) => sum + file.size, 0)
  return size > left ? t('attach.quota', { left: sizeText(left), size: sizeText(size) }) : null
}
