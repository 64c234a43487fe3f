import { signals } from '@parley/contracts/events'
import type { Change } from '@parley/contracts/sync/change'
import { routes } from '@parley/contracts/routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { call, listen, type Listener, succeed } from './call.ts'
import { type RunningApp, startApp } from './running-app.ts'
import { makeWorld, type Person, type World } from './world.ts'

let app: RunningApp
let world: World
beforeAll(async () => {
  app = await startApp()
  world = await makeWorld(app.base, 'Here')
})
afterAll(() => app.stop())

const changesIn = ({ heard }: Listener): Change[] =>
  heard.flatMap(({ name, payload }) =>
    name === signals.changes.name ? signals.changes.payload.parse(payload) : [],
  )

const write = (conversationId: string, { token }: Person, text: string) =>
  succeed(
    app.base,
    'sendMessageByRequest',
    { params: { conversationId }, body: { id: newId(), text } },
    token,
  )

/** Removes `other` from the admin's group while they listen, and goes on talking about them. */
async function remove(keepsHistory: boolean) {
  const { people, other } = world
  const { token } = people.admin
  const body = { name: 'Quay', memberIds: [other.memberId, world.spare.memberId] }
  const { id } = await succeed(app.base, 'createGroup', { body }, token)
  await write(id, people.admin, 'before')
  const listener = await listen(app.base, other.token)
  const params = { conversationId: id }
  const removal = { memberId: other.memberId, keepsHistory }
  await succeed(app.base, 'removeFromGroup', { params, body: removal }, token)
  await write(id, people.admin, 'about them')
  await succeed(app.base, 'changeGroup', { params, body: { name: 'Without them' } }, token)
  await listener.caughtUp()
  listener.close()
  return { id, heard: changesIn(listener) }
}

const read = async (id: string) =>
  call(
    app.base,
    routes.listMessages,
    { params: { conversationId: id }, query: { limit: 50 } },
    world.other.token,
  )

describe('A2, Y9: who is removed from a group while connected', () => {
  test('hears that access is lost and what they keep, and not a word more', async () => {
    const { id, heard } = await remove(true)
    expect(heard.map(({ kind, audience }) => [kind, audience])).toEqual([
      ['access', `member:${world.other.memberId}`],
      ['conversation', `member:${world.other.memberId}`],
      ['mark', `member:${world.other.memberId}`],
    ])
    const { status, body } = await read(id)
    expect(status).toBe(200)
    expect(JSON.stringify(body)).toContain('before')
    for (const told of [heard, body]) expect(JSON.stringify(told)).not.toMatch(/about them|Without them/)
  })

  test('keeps nothing where the admin says so, and finds nothing either', async () => {
    const { id, heard } = await remove(false)
    expect(heard.map(({ kind }) => kind)).toEqual(['access'])
    expect((await read(id)).status).toBe(404)
  })

  test('is told why nothing can be sent or changed there', async () => {
    const { id } = await remove(true)
    const { token } = world.other
    const codeOf = (answer: { body: unknown }) => (answer.body as { error: { code: string } }).error.code
    const params = { conversationId: id }
    const sent = await call(
      app.base,
      routes.sendMessageByRequest,
      { params, body: { id: newId(), text: 'hi' } },
      token,
    )
    const asked = await call(app.base, routes.listMarks, { params }, token)
    expect([codeOf(sent), codeOf(asked)]).toEqual(['no_longer_in_group', 'no_longer_in_group'])
  })
})

test('Y11: participants, and nobody else, learn who has received and seen how much, and when', async () => {
  const params = { conversationId: world.ids.group }
  const begun = Date.now()
  await succeed(app.base, 'raiseMarksOf', { params, body: { delivered: 1, seen: 0 } }, world.other.token)
  const { marks } = await succeed(app.base, 'listMarks', { params }, world.spare.token)
  const other = marks.find(({ memberId }) => memberId === world.other.memberId)
  expect(other).toMatchObject({ delivered: 1, seen: 0, seenAt: null })
  expect(other?.deliveredAt ?? 0).toBeGreaterThanOrEqual(begun)
  const { status } = await call(app.base, routes.listMarks, { params }, world.people.admin.token)
  expect(status).toBe(404)
})
