import { request } from 'node:http'
import { expect, test } from 'vitest'
import { anActor, startFixture } from '../testing/platform-fixture.ts'

test('A2: whoever loses access while holding the body back is refused when it arrives', async () => {
  let called = 0
  const fixture = await startFixture({
    routes: {
      createDepartment: ({ body }) => {
        called += 1
        return Promise.resolve({ id: anActor().memberId, name: body.name })
      },
    },
  })
  const actor = anActor({ role: 'admin' })
  const token = fixture.sessions.signIn(actor)
  const body = JSON.stringify({ name: 'Night desk' })
  const answered = new Promise<number>((resolve, reject) => {
    const slow = request(`${fixture.base}/api/departments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    })
    slow.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    slow.on('error', reject)
    slow.write(body.slice(0, 5))
    setTimeout(() => {
      fixture.sessions.end(actor.sessionId)
      slow.end(body.slice(5))
    }, 100)
  })
  expect(await answered).toBe(401)
  expect(called).toBe(0)
  await fixture.server.close()
})
