import type { File as SharedFile } from '@parley/contracts/files/file'
import type { Say } from './compose-notification.ts'

type Facts = Pick<SharedFile, 'kind' | 'name' | 'duration'>

/** One line for files that came without a caption: "3 photos", "Voice message, 0:12", "Plan.pdf". */
export function filesWord(files: readonly Facts[], say: Say): string {
  const [first] = files
  if (!first) return ''
  const count = String(files.length)
  const alike = files.every(({ kind }) => kind === first.kind)
  if (files.length > 1) {
    if (alike && first.kind === 'picture') return say('pictures', { count })
    if (alike && first.kind === 'video') return say('videos', { count })
    return say('files', { count })
  }
  if (first.kind === 'voice') return say('voice', { duration: clock(first.duration ?? 0) })
  if (first.kind === 'picture') return say('picture')
  if (first.kind === 'video') return say('video')
  return first.name || say(first.kind === 'audio' ? 'audio' : 'document')
}

/** Minutes and seconds, as players show them. */
function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`
}
