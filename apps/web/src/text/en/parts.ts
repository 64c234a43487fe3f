import { communicationWords } from './communication-words.ts'

/** What is said in few places only, and fetched with them; `TextPart` adds it. Keys are file names. */
export const parts = {
  communication: communicationWords,
} as const
