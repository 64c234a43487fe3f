import { somePlainPhrase } from '@parley/client/testing/phrases'
import type { Cast, Person } from './cast.ts'

const deeds = ['add', 'add', 'remove', 'remove', 'leave', 'rename', 'history', 'announce', 'admin'] as const

/** Something is done to a group that the person knows; whether they may is the server's to say. */
export async function changeGroup(cast: Cast, person: Person): Promise<string> {
  const { chance, people, ledger } = cast
  const { client } = person.device
  const groups = client.chats().filter(({ group }) => group !== null)
  if (groups.length === 0) return '(no group)'
  const { conversationId } = chance.pick(groups)
  const { memberId } = chance.pick(people.filter((one) => one !== person))
  const params = { conversationId }
  const deed = chance.pick(deeds)
  const on = chance.happens(0.4)
  if (deed === 'add') await add(cast, person, conversationId, memberId)
  if (deed === 'remove') {
    await client.call('removeFromGroup', { params, body: { memberId, keepsHistory: !on } })
    ledger.left(conversationId, memberId, !on)
  }
  if (deed === 'leave') {
    await client.call('leaveGroup', { params })
    ledger.left(conversationId, person.memberId, true)
  }
  if (deed === 'rename')
    await client.call('changeGroup', { params, body: { name: somePlainPhrase(chance.next) } })
  if (deed === 'history') await client.call('changeGroup', { params, body: { newcomersSeeHistory: !on } })
  if (deed === 'announce') await client.call('changeGroup', { params, body: { announcementOnly: on } })
  if (deed === 'admin')
    await client.call('setGroupAdmin', { params: { conversationId, memberId }, body: { admin: !on } })
  return `${deed} ${conversationId}`
}

/** What the person who adds somebody sees just then is from before, and may be hidden from them. */
async function add(
  { ledger }: Cast,
  { device: { client } }: Person,
  conversationId: string,
  memberId: string,
): Promise<void> {
  const sent = client.conversation(conversationId)?.messages.filter(({ number }) => number !== null) ?? []
  const wasOut = ledger.mayReturn(conversationId, memberId)
  const body = { memberIds: [memberId] }
  const { group } = await client.call('addToGroup', { params: { conversationId }, body })
  if (!wasOut || group?.newcomersSeeHistory !== false) return
  const ids = sent.map(({ id }) => id)
  ledger.hides(conversationId, memberId, ids)
}
