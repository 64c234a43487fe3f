import { filesLine } from '../files/file-text.ts'
import type { Say } from './say.ts'

/** One line for files that came without a caption, as the list of chats has it. */
export function filesWord(files: Parameters<typeof filesLine>[0], say: Say): string {
  const line = filesLine(files)
  if (!line) return ''
  const { word, ...values } = line
  if (word === 'name') return line.name
  return say(word, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])))
}
