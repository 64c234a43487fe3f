import type { MessageView } from '@parley/client/client-api'
import type { Cast, Person } from './cast.ts'
import { weighted } from './chance.ts'
import { newText, write } from './write.ts'

/** How often each is done to a message, by weight. */
const weights = { react: 5, edit: 4, delete: 5, hide: 1, star: 2, pin: 3, answer: 4, forward: 2 } as const

type Deed = (cast: Cast, person: Person, message: MessageView) => Promise<unknown>

/** All of them work without a network, and show at once. */
const deeds: Record<keyof typeof weights, Deed> = {
  react: ({ chance }, { device }, message) => device.client.react(message, chance.pick(['👍', '🙏🏽', '🎉'])),
  edit: async (cast, person, message) => {
    const { text, mark } = newText(cast, person)
    cast.ledger.edited(message.id, mark)
    await person.device.client.editMessage(message, text)
  },
  delete: (_cast, { device }, message) => device.client.deleteMessage(message),
  hide: (_cast, { device }, message) => device.client.hideMessage(message),
  star: ({ chance }, { device }, message) => device.client.starMessage(message, chance.happens(0.7)),
  pin: ({ chance }, { device }, message) => device.client.pinMessage(message, chance.happens(0.7)),
  answer: (cast, person, message) => write(cast, person, message.conversationId, { replyTo: message }),
  forward: async (cast, person, message) => {
    const { conversationId } = cast.chance.pick(person.device.client.chats())
    if (message.files.length > 0) cast.ledger.passedOn(message.id)
    await write(cast, person, conversationId, { forwardOf: message })
  },
}

/** Something is done to a message that the person sees, mostly an own one where others may not. */
export async function treatMessage(cast: Cast, person: Person): Promise<string> {
  const { chance } = cast
  const { client } = person.device
  const chats = client.chats()
  if (chats.length === 0) return '(no chat)'
  const deed = weighted(chance, weights)
  const { conversationId } = chance.pick(chats)
  const ownOnly = deed === 'edit' || (deed === 'delete' && chance.happens(0.8))
  const messages = (client.conversation(conversationId)?.messages ?? []).filter(
    ({ number, notice, deleted, delivery }) =>
      number !== null && notice === null && !deleted && (!ownOnly || delivery !== 'received'),
  )
  if (messages.length === 0) return `${deed} (no message)`
  // what was said last is what people turn to, several of them at once
  const message = chance.pick(chance.happens(0.6) ? messages.slice(-2) : messages)
  await deeds[deed](cast, person, message)
  return `${deed} ${conversationId} ${String(message.number)}`
}
