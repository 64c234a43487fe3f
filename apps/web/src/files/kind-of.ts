import type { FileKind } from '@parley/contracts/communication/communication'

const PICTURES = /^image\/(jpeg|png|webp|gif|heic|heif|avif)$/
const pictureNames = /\.(jpe?g|png|webp|gif|heic|heif|avif)$/i

/** What a chosen file is taken for; the server looks at its content and has the last word. */
export function kindOf({ type, name }: Pick<File, 'type' | 'name'>): FileKind {
  if (PICTURES.test(type) || (type === '' && pictureNames.test(name))) return 'picture'
  if (type.startsWith('video/')) return 'video'
  if (type.startsWith('audio/')) return 'audio'
  return 'document'
}
