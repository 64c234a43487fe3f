import type { Actor } from '../../../kernel/actor.ts'
import { newId } from '../../../kernel/ids.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { searchMessages, type Asked } from '../../../domains/search/search-messages.ts'
import { takeInMessages } from '../../../domains/search/take-in-messages.ts'
import { AT, makeChat, sendIn, write, type Chat } from './contract-fixture.ts'
import type { Storage } from './storage.ts'

export const actorOf = (scope: OrgScope, memberId: string): Actor => ({
  scope,
  memberId,
  sessionId: newId(),
  role: 'member',
  passwordIsTemporary: false,
  device: 'Firefox on Linux',
  address: '127.0.0.1',
})

/** Takes everything in. */
export async function takeIn(storage: Storage, scope: OrgScope): Promise<void> {
  const read = { ...storage.read, search: storage.search }
  while ((await takeInMessages(read, scope)).more);
}

/** The texts that a member finds, newest first, page by page to the end. */
export async function find(
  storage: Storage,
  scope: OrgScope,
  memberId: string,
  asked: Partial<Asked>,
  now = AT,
) {
  const texts: string[] = []
  for (let cursor: number | undefined; ;) {
    const page = { words: '', limit: 2, ...asked, ...(cursor !== undefined && { cursor }) }
    const read = { ...storage.read, search: storage.search }
    const found = await searchMessages(read, actorOf(scope, memberId), page, now)
    texts.push(...found.messages.map(({ text }) => text))
    if (found.cursor === null) return texts
    cursor = found.cursor
  }
}

/** A chat in which these texts were said, one after the other, a day apart, and taken in. */
export async function chatOf(storage: Storage, texts: readonly string[]): Promise<Chat> {
  const chat = await makeChat(storage)
  for (const [day, text] of texts.entries()) await say(storage, chat, text, { sentAt: AT + day * DAY })
  await takeIn(storage, chat.scope)
  return chat
}

export const DAY = 86_400_000

interface Saying {
  readonly sentAt?: number
  readonly senderId?: string
  readonly conversationId?: string
  readonly expiresAt?: number
}

export const say = (
  storage: Storage,
  { scope, ana, conversation }: Chat,
  text: string,
  given: Saying = {},
) => {
  const { senderId = ana.id, conversationId = conversation.id, sentAt = AT, expiresAt } = given
  const end = expiresAt === undefined ? {} : { expiresAt }
  return write(storage, scope, (tx) => sendIn(tx, scope, { conversationId, senderId, text, sentAt, ...end }))
}
