import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendMessage, type GivenMessage } from './domains/messages/send-message.ts'
import { setDisappearing } from './domains/messages/set-disappearing.ts'
import type { Actor } from './kernel/actor.ts'
import { newId } from './kernel/ids.ts'
import { orgScope } from './kernel/org-scope.ts'
import { listen, succeed } from './tenant-wall/call.ts'
import { startApp, type RunningApp } from './tenant-wall/running-app.ts'
import { makeWorld, type World } from './tenant-wall/world.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let app: RunningApp
let world: World

beforeAll(async () => {
  app = await startApp()
  world = await makeWorld(app.base, 'Here')
})

afterAll(() => app.stop())

test('What has disappeared is not told live either, though it is still to be deleted: neither itself nor what answers it', async () => {
  const { admin, member } = world.people
  const body = { memberId: member.memberId }
  const { id: conversationId } = await succeed(app.base, 'startDirectConversation', { body }, admin.token)
  const scope = orgScope(world.organisationId)
  const who = { role: 'admin', passwordIsTemporary: false, device: '', address: '' } as const
  const actor: Actor = { scope, memberId: admin.memberId, sessionId: admin.sessionId, ...who }
  const start = Date.now()
  const say = async (text: string, ago: number, given: Pick<GivenMessage, 'replyTo'> = {}) => {
    const message = { id: newId(), conversationId, text, ...given }
    await app.storage.transactions.run(scope, (tx) => sendMessage(tx, actor, message, start - ago))
    return message.id
  }
  const original = await say('the original', 2 * DAY)
  await app.storage.transactions.run(scope, (tx) =>
    setDisappearing(tx, actor, conversationId, 86_400, start - 2 * DAY),
  )
  await say('hidden words', DAY + 2 * MINUTE, { replyTo: original })
  const secret = await say('a secret', DAY + MINUTE)
  const answer = await say('Why?', 5 * MINUTE, { replyTo: secret })
  const listener = await listen(app.base, member.token)
  const change = { params: { messageId: answer }, body: { text: 'Why not?' } }
  const edited = await succeed(app.base, 'editMessage', change, admin.token)
  // empties what is quoted of it, in a message whose own time has come
  await succeed(app.base, 'deleteMessage', { params: { messageId: original } }, admin.token)
  await listener.caughtUp()
  const told = JSON.stringify(listener.heard)
  expect(told).toContain('Why not?')
  expect(told.match(/"kind":"message"/g)).toHaveLength(3)
  for (const gone of ['a secret', 'hidden words']) {
    expect(told).not.toContain(gone)
    expect(JSON.stringify(edited)).not.toContain(gone)
  }
  listener.close()
})
