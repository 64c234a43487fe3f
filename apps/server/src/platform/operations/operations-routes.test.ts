import { afterEach, describe, expect, it } from 'vitest'
import { call } from '../testing/call.ts'
import { startFixture, type Fixture } from '../testing/platform-fixture.ts'

let fixture: Fixture
afterEach(() => fixture.server.close())

async function start(given: Parameters<typeof startFixture>[0] = {}) {
  fixture = await startFixture(given)
  return fixture.base
}

describe('operations', () => {
  it('say that the process lives, and that it can do its work', async () => {
    const base = await start()
    expect(await call(base, 'GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await call(base, 'GET', '/ready')).toMatchObject({ status: 200, body: { status: 'ready' } })
  })
  it('are not ready while the storage is away, and say so within seconds even when it never answers', async () => {
    const away = [async () => Promise.reject(new Error('away')), () => new Promise<void>(() => {})]
    for (const ready of away) {
      const base = await start({ ready })
      const begun = performance.now()
      expect(await call(base, 'GET', '/ready')).toMatchObject({
        status: 503,
        body: { status: 'storage-away' },
      })
      expect(performance.now() - begun).toBeLessThan(4_000)
      expect((await call(base, 'GET', '/health')).status).toBe(200)
      await fixture.server.close()
    }
  })
  it('count what happens', async () => {
    const base = await start()
    await call(base, 'GET', '/api/nothing')
    const { text } = await call(base, 'GET', '/metrics')
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'parley_connections 0',
    ]) {
      expect(text).toContain(name)
    }
    expect(text).toMatch(/parley_http_request_seconds_count\{route="[^"]*",method="GET",status="4xx"\} 1/)
  })
  it('show figures to this machine, or to whoever has the token, and to nobody behind the proxy', async () => {
    const metricsToken = 'a-token-for-the-figures'
    const base = await start({ metricsToken, settings: { trustProxy: 'loopback' } })
    const status = async (headers: Record<string, string>) =>
      (await call(base, 'GET', '/metrics', { headers })).status
    expect(await status({})).toBe(200)
    const behind = { 'x-forwarded-for': '8.8.8.8', 'x-forwarded-proto': 'https' }
    expect(await status(behind)).toBe(404)
    expect(await status({ ...behind, authorization: 'Bearer wrong' })).toBe(404)
    expect(await status({ ...behind, authorization: `Bearer ${metricsToken}` })).toBe(200)
  })
})
