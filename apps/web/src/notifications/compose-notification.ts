import type { File as SharedFile } from '@parley/contracts/files/file'
import { filesWord } from './files-word.ts'
import type { Say } from './say.ts'

/** What is told of a chat, by the page that hears of it or by a push. */
export interface Told {
  readonly conversationId: string
  /** Of the newest message. */
  readonly number: number
  /** How many are unread. */
  readonly count: number
  readonly mention: boolean
  readonly sentAt: number
  /** null where what is written stays hidden. */
  readonly shown: {
    readonly group: string | null
    readonly sender: string
    readonly text: string
    /** What it carries, where it has no words of its own. */
    readonly files?: readonly Pick<SharedFile, 'kind' | 'name' | 'duration'>[] | undefined
  } | null
}

/** What a notification of ours carries, for whoever finds it later. */
export interface NotificationData {
  readonly conversationId: string
  readonly number: number
  /** Where a click leads. */
  readonly address: string
}

/** The types of TypeScript lack what Chromium has had for years. */
export interface OwnNotification extends NotificationOptions {
  readonly renotify?: boolean
  readonly timestamp?: number
}

const ICON = '/icons/192.png'

/** One notification per chat: the next one takes its place. */
export const tagOf = (conversationId: string): string => `chat:${conversationId}`

/** The title and the rest of a notification. */
export function composeNotification(told: Told, say: Say): { title: string; options: OwnNotification } {
  const { conversationId, number, count, sentAt } = told
  const data: NotificationData = {
    conversationId,
    number,
    address: `/chats?c=${conversationId}&message=${String(number)}`,
  }
  return {
    ...wordsOf(told, say),
    options: {
      body: bodyOf(told, say),
      tag: tagOf(conversationId),
      renotify: true,
      icon: ICON,
      timestamp: sentAt,
      dir: 'auto',
      data: { ...data, count },
    },
  }
}

/** What comes of "send me a test". */
export const composeTest = (say: Say): { title: string; options: OwnNotification } => ({
  title: say('testTitle'),
  options: {
    body: say('testText'),
    tag: 'test',
    renotify: true,
    icon: ICON,
    data: { address: '/settings?s=notifications' },
  },
})

function wordsOf({ shown, count }: Told, say: Say): { title: string } {
  const name = shown ? (shown.group ?? shown.sender) : 'Parley'
  return { title: shown && count > 1 ? say('several', { name, count: String(count) }) : name }
}

function bodyOf({ shown, count, mention }: Told, say: Say): string {
  if (shown) {
    const text = shown.text || filesWord(shown.files ?? [], say)
    return shown.group === null ? text : say('inGroup', { name: shown.sender, text })
  }
  if (mention) return say('mentioned')
  return count > 1 ? say('hiddenSeveral', { count: String(count) }) : say('hidden')
}
