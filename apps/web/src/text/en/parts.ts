import { communicationWords } from './communication-words.ts'
import { groupPaneWords } from './group-pane-words.ts'

/** What is said in few places only, and fetched with them; `TextPart` adds it. Keys are file names. */
export const parts = {
  communication: communicationWords,
  groups: groupPaneWords,
} as const
