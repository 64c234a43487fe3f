import { somePlainPhrase } from '@parley/client/testing/phrases'
import type { Cast, Person } from './cast.ts'

const deeds = ['add', 'add', 'remove', 'leave', 'rename', 'history', 'announce', 'admin'] as const

/** Something is done to a group that the person knows; whether they may is the server's to say. */
export async function changeGroup({ chance, people }: Cast, { device }: Person): Promise<string> {
  const { client } = device
  const groups = client.chats().filter(({ group }) => group !== null)
  if (groups.length === 0) return '(no group)'
  const { conversationId } = chance.pick(groups)
  const { memberId } = chance.pick(people)
  const params = { conversationId }
  const deed = chance.pick(deeds)
  const on = chance.happens(0.4)
  if (deed === 'add') await client.call('addToGroup', { params, body: { memberIds: [memberId] } })
  if (deed === 'remove') await client.call('removeFromGroup', { params, body: { memberId } })
  if (deed === 'leave') await client.call('leaveGroup', { params })
  if (deed === 'rename')
    await client.call('changeGroup', { params, body: { name: somePlainPhrase(chance.next) } })
  if (deed === 'history') await client.call('changeGroup', { params, body: { newcomersSeeHistory: !on } })
  if (deed === 'announce') await client.call('changeGroup', { params, body: { announcementOnly: on } })
  if (deed === 'admin')
    await client.call('setGroupAdmin', { params: { conversationId, memberId }, body: { admin: !on } })
  return `${deed} ${conversationId}`
}
