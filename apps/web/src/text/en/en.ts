import { accountWords } from './account-words.ts'
import { adminWords } from './admin-words.ts'
import { attachWords } from './attach-words.ts'
import { chatMenuWords } from './chat-menu-words.ts'
import { chatWords } from './chat-words.ts'
import { communicationWords } from './communication-words.ts'
import { fileWords } from './file-words.ts'
import { firstStepsWords } from './first-steps-words.ts'
import { groupPaneWords } from './group-pane-words.ts'
import { groupWords } from './group-words.ts'
import { leftoverWords } from './leftover-words.ts'
import { messageMenuWords } from './message-menu-words.ts'
import { movingWords } from './moving-words.ts'
import { frameWords } from './frame-words.ts'
import { notificationWords } from './notification-words.ts'
import { newsWords } from './news-words.ts'
import { peopleWords } from './people-words.ts'
import { searchWords } from './search-words.ts'

/** Every word that Parley's web says, in English, each part in a file of its own; `../words` says which of them come when. Another language is another folder of this shape. */
export const en = {
  ...frameWords,
  ...chatWords,
  ...peopleWords,
  ...accountWords,
  ...adminWords,
  ...groupWords,
  ...groupPaneWords,
  ...communicationWords,
  ...fileWords,
  ...attachWords,
  ...searchWords,
  ...newsWords,
  ...notificationWords,
  ...firstStepsWords,
  ...leftoverWords,
  ...messageMenuWords,
  ...movingWords,
  ...chatMenuWords,
} as const
