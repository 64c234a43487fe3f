import chat from '../../../.cache/text/chat.json'
import file from '../../../.cache/text/file.json'
import frame from '../../../.cache/text/frame.json'
import group from '../../../.cache/text/group.json'
import type { en } from '../en/en.ts'

const words: object = { ...frame, ...chat, ...group, ...file }

/**
 * The catalogue as far as it is loaded, each message in the form that the formatter reads without parsing. What the chat page shows at
 * first is in it from the beginning; a file that uses others imports their part (`./people.ts`), and so they come with it.
 */
export const loadedWords = words as typeof en

export function addWords(part: object): void {
  Object.assign(words, part)
}
