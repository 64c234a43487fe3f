import type { File as SharedFile } from '@parley/contracts/files/file'
import { FileText, Image, Mic, Music, Video, type LucideIcon } from 'lucide-react'

const icons: Readonly<Record<SharedFile['kind'], LucideIcon>> = {
  picture: Image,
  video: Video,
  voice: Mic,
  audio: Music,
  document: FileText,
}

/** What the first of these files is, before the words of one line. */
export function FilesIcon({ files }: { files: readonly SharedFile[] }) {
  const [first] = files
  if (!first) return null
  const Icon = icons[first.kind]
  return <Icon className="i" aria-hidden="true" />
}
