import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import { DISAPPEAR_AFTER } from '@parley/contracts/messages/keeping'
import type { Cast, Person } from './cast.ts'
import type { Chance } from './chance.ts'
import type { ParleyClient } from '@parley/client/client-api'

type Wish = (client: ParleyClient, conversationId: string, chance: Chance) => Promise<void>

/** What somebody wants of a chat for themselves; it works without a network. */
const wishes: Readonly<Record<string, Wish>> = {
  pin: (client, id, chance) => client.changeChat(id, { pinned: chance.happens(0.7) }),
  archive: (client, id, chance) => client.changeChat(id, { archived: chance.happens(0.7) }),
  mute: (client, id, chance) =>
    client.changeChat(id, { mutedUntil: chance.pick([null, client.now() + 8 * 3_600_000, MUTED_ALWAYS]) }),
  markUnread: (client, id, chance) => client.changeChat(id, { markedUnread: chance.happens(0.7) }),
  clear: (client, id) => client.clearChat(id),
  settings: (client, _id, chance) => client.changeChatSettings({ archivedReturn: chance.happens(0.5) }),
}

/** Somebody arranges a chat for themselves. */
export async function arrangeChat({ chance }: Cast, { device: { client } }: Person): Promise<string> {
  const chats = client.chats()
  if (chats.length === 0) return '(no chat)'
  const { conversationId } = chance.pick(chats)
  const wish = chance.pick(Object.keys(wishes))
  await wishes[wish]?.(client, conversationId, chance)
  return `${wish} ${conversationId}`
}

/** Messages of a chat are to disappear, or not any more. */
export async function setTimer({ chance }: Cast, { device: { client } }: Person): Promise<string> {
  const chats = client.chats()
  if (chats.length === 0) return '(no chat)'
  const { conversationId } = chance.pick(chats)
  const after = chance.pick([null, DISAPPEAR_AFTER[0], ...DISAPPEAR_AFTER])
  await client.call('setDisappearing', { params: { conversationId }, body: { after } })
  return `${String(after)} ${conversationId}`
}
