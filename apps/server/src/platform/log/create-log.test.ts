import { describe, expect, it } from 'vitest'
import { io } from 'socket.io-client'
import { newId } from '../../kernel/ids.ts'
import { call } from '../testing/call.ts'
import { anActor, recordedLog, startFixture } from '../testing/platform-fixture.ts'
import type { LogFields } from './log.ts'

const SECRETS = {
  text: 'the merger is on friday',
  password: 'correct-horse-battery',
  token: 'tkn-0123456789abcdef0123456789',
  email: 'ana@private.example',
}

describe('the log', () => {
  it('A13: keeps only fields it knows, of the type it knows', () => {
    const { log, logged } = recordedLog()
    const fields = {
      requestId: 'r1',
      status: 'x',
      text: SECRETS.text,
      password: SECRETS.password,
      body: SECRETS,
    }
    log.info(fields as unknown as LogFields, 'something happened')
    const line = JSON.parse(logged()) as Record<string, unknown>
    expect(Object.keys(line).sort()).toEqual(['level', 'msg', 'requestId', 'time'])
  })
  it('A13: keeps of an error what happened and where, not what people wrote', () => {
    const { log, logged } = recordedLog()
    const parser = new SyntaxError(`Unexpected token in "${SECRETS.text}"`)
    const database = new Error(
      `E11000 duplicate key: { email: "${SECRETS.email}", token: '${SECRETS.token}' }`,
      {
        cause: new Error(`no such user ${SECRETS.email}`),
      },
    )
    log.error({ error: parser }, 'one')
    log.error({ error: database }, 'two')
    log.error({ error: SECRETS.password }, 'three')
    log.error({ error: { password: SECRETS.password } }, 'four')
    log.error({ error: new TypeError("Cannot read properties of undefined (reading 'name')") }, 'five')
    for (const secret of Object.values(SECRETS)) expect(logged()).not.toContain(secret)
    expect(logged()).toContain('E11000 duplicate key')
    expect(logged()).toContain("reading 'name'")
    expect(logged()).toContain('create-log.test.ts')
  })
  it('A6: does not fill the disk with one sentence', () => {
    const { log, logged } = recordedLog()
    for (let time = 0; time < 5_000; time += 1) log.error({}, 'the same fault')
    log.error({}, 'another fault')
    expect(logged().split('\n')).toHaveLength(1_000 + 1 + 1)
  })
  it('A13: at its loudest shows no text, password, token or cookie of what routes and events were given', async () => {
    const boom = (given: unknown) => Promise.reject(new Error(`could not handle ${JSON.stringify(given)}`))
    const fixture = await startFixture({
      routes: { signIn: ({ body }) => boom(body), sendMessageByRequest: ({ body }) => boom(body) },
      events: { sendMessage: ({ payload }) => boom(payload) },
    })
    const { base, sessions } = fixture
    const token = sessions.signIn(anActor())
    const credentials = { email: SECRETS.email, password: SECRETS.password }
    const headers = { cookie: `parley_refresh=${SECRETS.token}`, origin: base }
    const message = { id: newId(), text: SECRETS.text }
    const conversationId = newId()
    await call(base, 'POST', '/api/sessions', { headers, json: credentials })
    await call(base, 'POST', '/api/sessions', { headers, json: { ...credentials, x: SECRETS.text } })
    await call(base, 'POST', '/api/sessions', {
      headers: { ...headers, 'content-type': 'application/json' },
      raw: `{"password": "${SECRETS.password}`,
    })
    await call(base, 'POST', '/api/invites/open', { json: { token: SECRETS.token } })
    await call(base, 'GET', `/api/sessions?token=${SECRETS.token}`, { token: SECRETS.token })
    await call(base, 'POST', `/api/conversations/${conversationId}/messages`, { token, json: message })
    const socket = io(base, { path: '/api/socket', transports: ['websocket'], auth: { token } })
    await new Promise((resolve) => socket.once('connect', () => resolve(null)))
    await socket.emitWithAck('messages.send', { ...message, conversationId })
    await socket.emitWithAck('messages.send', { ...message, conversationId, x: SECRETS.password })
    await socket.emitWithAck(SECRETS.text, { x: SECRETS.password })
    socket.disconnect()
    await fixture.server.close()
    expect(fixture.logged().match(/"level":"error"/g)?.length).toBeGreaterThanOrEqual(3)
    for (const secret of [...Object.values(SECRETS), token]) expect(fixture.logged()).not.toContain(secret)
  })
})
