import { newId } from './kernel/ids.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTarget } from './adapters/storage/contract/pushes.contract.ts'
import { succeed } from './tenant-wall/call.ts'
import { type RunningApp, startApp } from './tenant-wall/running-app.ts'
import { makeWorld, type Person } from './tenant-wall/world.ts'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

test('A7: an admin reads what became of a member’s pushes, and not whom the member talks to', async () => {
  const { people, spare, other, ids, talkOf } = await makeWorld(app.base, 'Ledger')
  await succeed(app.base, 'subscribeToPush', { body: aTarget() }, spare.token)
  const say = (from: Person, conversationId: string) => {
    const body = { id: newId(), text: 'Hello' }
    return succeed(app.base, 'sendMessageByRequest', { params: { conversationId }, body }, from.token)
  }
  await say(other, ids.conversation)
  await say(people.admin, talkOf.admin)
  const own = async () => (await succeed(app.base, 'listPushes', {}, spare.token)).pushes
  await expect.poll(own, { timeout: 10_000 }).toHaveLength(2)
  const chatsOf = (pushes: Awaited<ReturnType<typeof own>>) =>
    new Set(pushes.map(({ conversationId }) => conversationId))
  expect(chatsOf(await own())).toEqual(new Set([ids.conversation, talkOf.admin]))
  const params = { memberId: spare.memberId }
  const { pushes, devices } = await succeed(app.base, 'listMemberPushes', { params }, people.admin.token)
  expect(chatsOf(pushes)).toEqual(new Set([null, talkOf.admin]))
  expect(pushes.map(({ kind }) => kind)).toEqual(['message', 'message'])
  expect(devices).toMatchObject([{ current: false }])
})
