import { accountWords } from './account-words.ts'
import { adminWords } from './admin-words.ts'
import { chatWords } from './chat-words.ts'
import { groupWords } from './group-words.ts'
import { frameWords } from './frame-words.ts'
import { peopleWords } from './people-words.ts'

/** Every word that Parley's web says, in English. Another language is another folder of this shape. */
export const en = {
  ...frameWords,
  ...chatWords,
  ...peopleWords,
  ...accountWords,
  ...adminWords,
  ...groupWords,
} as const
