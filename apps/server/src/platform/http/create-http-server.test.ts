import { request } from 'node:https'
import { afterEach, describe, expect, it } from 'vitest'
import { StartupError } from '../../kernel/startup-error.ts'
import { call } from '../testing/call.ts'
import { selfSigned } from '../testing/self-signed.ts'
import { anActor, startFixture, type Fixture } from '../testing/platform-fixture.ts'

const fixtures: Fixture[] = []
afterEach(async () => {
  for (const { server } of fixtures.splice(0)) await server.close()
})

async function start(given: Parameters<typeof startFixture>[0] = {}): Promise<Fixture> {
  const fixture = await startFixture(given)
  fixtures.push(fixture)
  return fixture
}

describe('the server', () => {
  it('says which option to change when its port is taken', async () => {
    const { base } = await start()
    const port = Number(new URL(base).port)
    const second = start({ settings: { port } })
    await expect(second).rejects.toThrow(StartupError)
    await expect(second).rejects.toThrow(
      new RegExp(`Port ${port} is already taken.*--port ${port + 1}.*PARLEY_PORT`),
    )
  })
  it('says so when the machine has no such address', async () => {
    await expect(start({ settings: { host: '192.0.2.1' } })).rejects.toThrow(
      /no address 192\.0\.2\.1.*--host/,
    )
  })
  it('speaks HTTPS itself when it has a certificate, and asks browsers to stay there', async () => {
    const { base } = await start({ settings: { tls: selfSigned } })
    expect(base).toMatch(/^https:/)
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
      request(`${base}/health`, { rejectUnauthorized: false }, (answer) => resolve(answer.headers))
        .on('error', reject)
        .end()
    })
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
  })
  it('finishes what is under way when it is closed, and takes nothing new', async () => {
    let finish = () => {}
    let arrived = () => {}
    const slow = new Promise<void>((resolve) => (finish = resolve))
    const begins = new Promise<void>((resolve) => (arrived = resolve))
    const listSessions = async () => {
      arrived()
      await slow
      return { sessions: [] }
    }
    const { base, server, sessions } = await start({ routes: { listSessions } })
    const under = call(base, 'GET', '/api/sessions', { token: sessions.signIn(anActor()) })
    await begins
    const closed = server.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await expect(fetch(`${base}/health`, { headers: { connection: 'close' } })).rejects.toThrow()
    finish()
    expect((await under).status).toBe(200)
    const begun = performance.now()
    await closed
    expect(performance.now() - begun).toBeLessThan(3_000)
    expect(server.close()).toBe(server.close())
  })
})
