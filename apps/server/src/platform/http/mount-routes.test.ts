import { OLDEST_PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { afterEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../kernel/domain-error.ts'
import { newId } from '../../kernel/ids.ts'
import { createRateLimits } from '../rate-limit/rate-limits.ts'
import { call } from '../testing/call.ts'
import { anActor, routesWith, startFixture, type Fixture } from '../testing/platform-fixture.ts'
import { encodeJsonHere } from './encode-json.ts'
import { mountRoutes, type RouteHandlers } from './mount-routes.ts'

let fixture: Fixture
afterEach(() => fixture.server.close())

const DEPARTMENT = { id: newId(), name: 'Sales' }
const departments: Partial<RouteHandlers> = {
  createDepartment: async ({ body }) => ({ ...DEPARTMENT, name: body.name }),
}
const MEMBERS = '/api/departments'

async function start(
  routes: Partial<RouteHandlers> = departments,
  more: Parameters<typeof startFixture>[0] = {},
) {
  fixture = await startFixture({ routes, ...more })
  const admin = anActor({ role: 'admin' })
  return { base: fixture.base, admin, token: fixture.sessions.signIn(admin) }
}

describe('what is sent', () => {
  it('is parsed, and the answer follows the contract', async () => {
    const { base, token } = await start()
    const { status, body } = await call(base, 'POST', MEMBERS, { token, json: { name: ' Sales ' } })
    expect([status, body]).toEqual([200, DEPARTMENT])
  })
  it('A5: JSON that cannot be read is a malformed request', async () => {
    const { base, token } = await start()
    const headers = { 'content-type': 'application/json' }
    for (const raw of ['{"name":', 'hello', '{"name":"x"} {}', '{"__proto__":{"name":"x"},"name":"y"}']) {
      const { status, error, text } = await call(base, 'POST', MEMBERS, { token, headers, raw })
      expect([status, error?.code]).toEqual([400, 'malformed_request'])
      expect(text).not.toContain('SyntaxError')
    }
  })
  it.each([
    ['unknown keys', { name: 'x', admin: true }, 'admin'],
    ['strings over their bounds', { name: 'x'.repeat(5_000) }, 'name'],
    ['wrong types', { name: 7 }, 'name'],
    ['objects where text belongs', { name: { $ne: null } }, 'name'],
    ['NUL bytes', { name: 'a\u0000b' }, 'name'],
    ['missing fields', {}, 'name'],
    ['a list instead of an object', [], ''],
  ])('A5: refuses %s and names the field', async (_what, json, field) => {
    const { base, token } = await start()
    const { status, error } = await call(base, 'POST', MEMBERS, { token, json })
    expect([status, error?.code, Object.keys(error?.fields ?? {})]).toEqual([400, 'invalid_input', [field]])
    expect(error?.fields?.[field]).toMatch(/^[A-Z].*\.$/)
  })
  it('A5: refuses ids, queries and bodies that no contract declares', async () => {
    const { base, token } = await start({
      deleteMember: async () => {},
      listSessions: async () => ({ sessions: [] }),
    })
    const bad = await call(base, 'DELETE', '/api/members/%00', { token })
    expect([bad.status, bad.error?.code]).toEqual([400, 'invalid_input'])
    const query = await call(base, 'GET', '/api/sessions?x=1', { token })
    expect([query.status, query.error?.fields]).toEqual([400, { x: 'This is not expected here.' }])
    const body = await call(base, 'DELETE', `/api/members/${newId()}`, { token, json: { force: true } })
    expect([body.status, body.error?.code]).toEqual([400, 'invalid_input'])
    const fine = await call(base, 'DELETE', `/api/members/${newId()}`, { token })
    expect([fine.status, fine.text]).toEqual([204, ''])
  })
  it('refuses 10 MB, and what is a little too large for its route', async () => {
    const { base, token } = await start()
    for (const size of [10 * 1024 * 1024, 257 * 1024]) {
      const { status, error } = await call(base, 'POST', MEMBERS, { token, json: { name: 'x'.repeat(size) } })
      expect([status, error?.code]).toEqual([413, 'too_large'])
    }
  })
  it('refuses other content than JSON, and other pictures than its route takes', async () => {
    const { base, token } = await start({
      setOwnPicture: async () => Promise.reject(new DomainError('picture_unreadable')),
    })
    const form = await call(base, 'POST', MEMBERS, {
      token,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      raw: 'name=x',
    })
    expect([form.status, form.error?.code]).toEqual([415, 'unsupported_type'])
    const picture = (type: string) =>
      call(base, 'PUT', '/api/me/picture', {
        token,
        headers: { 'content-type': type },
        raw: new Uint8Array(9),
      })
    expect((await picture('image/gif')).error?.code).toBe('unsupported_type')
    expect((await picture('image/png')).error?.code).toBe('picture_unreadable')
    const json = await call(base, 'PUT', '/api/me/picture', { token, json: {} })
    expect(json.error?.code).toBe('unsupported_type')
  })
  it('answers unknown addresses, methods and impossible addresses in JSON', async () => {
    const { base } = await start()
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['PUT', '/api/organisations'],
      ['POST', '/nothing'],
    ] as const) {
      const { status, error } = await call(base, method, path)
      expect([status, error?.code], path).toEqual([404, 'not_found'])
    }
    const { status, error } = await call(base, 'GET', '/api/%E0%A4%A')
    expect([status, error?.code]).toEqual([400, 'malformed_request'])
  })
})

describe('who asks', () => {
  it('A3: nobody without a session, a live one, or with a forged token', async () => {
    const { base, admin, token } = await start()
    const codeOf = async (given: Parameters<typeof call>[3]) =>
      (await call(base, 'POST', MEMBERS, { json: { name: 'x' }, ...given })).error?.code
    expect(await codeOf({})).toBe('not_signed_in')
    expect(await codeOf({ token: 'forged' })).toBe('not_signed_in')
    expect(await codeOf({ headers: { authorization: 'Basic eDp5' } })).toBe('not_signed_in')
    expect(await codeOf({ token })).toBeUndefined()
    fixture.sessions.end(admin.sessionId)
    expect(await codeOf({ token })).toBe('not_signed_in')
  })
  it('A3: refuses other roles, and temporary passwords where they do not do', async () => {
    const { base } = await start({
      ...departments,
      currentSession: async ({ actor }) => ({
        organisationId: actor.scope,
        memberId: actor.memberId,
        sessionId: actor.sessionId,
        role: actor.role,
        passwordIsTemporary: actor.passwordIsTemporary,
      }),
    })
    const member = fixture.sessions.signIn(anActor())
    const fresh = fixture.sessions.signIn(anActor({ role: 'admin', passwordIsTemporary: true }))
    const make = (token: string) => call(base, 'POST', MEMBERS, { token, json: { name: 'x' } })
    expect((await make(member)).error?.code).toBe('forbidden')
    expect((await make(fresh)).error?.code).toBe('password_change_required')
    expect((await call(base, 'GET', '/api/sessions/current', { token: fresh })).status).toBe(200)
  })
  it('reads no body before it knows who sends it', async () => {
    const { base } = await start()
    const { error } = await call(base, 'POST', MEMBERS, { json: { name: 'x'.repeat(10 * 1024 * 1024) } })
    expect(error?.code).toBe('not_signed_in')
  })
  it('asks programs that are too old to reload', async () => {
    const { base, token } = await start()
    const version = async (value: string) =>
      (
        await call(base, 'POST', MEMBERS, {
          token,
          json: { name: 'x' },
          headers: { 'x-parley-protocol': value },
        })
      ).error?.code
    expect(await version('0')).toBe('client_too_old')
    expect(await version('x')).toBe('malformed_request')
    expect(await version(String(OLDEST_PROTOCOL_VERSION))).toBeUndefined()
  })
  it('limits how often, and says for how long', async () => {
    const rateLimits = {
      take: () => {
        throw new DomainError('rate_limited', { retryAfter: 1.2 })
      },
      sweep: () => {},
    }
    const { base, token } = await start(departments, { rateLimits })
    const { status, headers, error } = await call(base, 'POST', MEMBERS, { token, json: { name: 'x' } })
    expect([status, headers.get('retry-after'), error?.retryAfter]).toEqual([429, '2', 1.2])
  })
})

describe('sign-in', () => {
  it('A10: is limited per account, though a guesser elsewhere does not lock its owner out', async () => {
    const { base } = await start(
      { signIn: async () => Promise.reject(new DomainError('wrong_credentials')) },
      { rateLimits: createRateLimits(() => 0), settings: { trustProxy: 'loopback' } },
    )
    const codesFrom = async (address: string, email: string, times: number) => {
      const codes = new Set<string | undefined>()
      for (let time = 0; time < times; time += 1) {
        const headers = { 'x-forwarded-for': address, 'x-forwarded-proto': 'https' }
        const { error } = await call(base, 'POST', '/api/sessions', {
          headers,
          json: { email, password: 'x' },
        })
        codes.add(error?.code)
      }
      return [...codes]
    }
    expect(await codesFrom('8.8.8.8', 'ana@example.org', 10)).toEqual(['wrong_credentials'])
    expect(await codesFrom('8.8.8.8', 'ANA@example.org', 5)).toEqual(['rate_limited'])
    expect(await codesFrom('8.8.8.8', 'bo@example.org', 1)).toEqual(['wrong_credentials'])
    expect(await codesFrom('9.9.9.9', 'ana@example.org', 1)).toEqual(['wrong_credentials'])
  })
})

describe('cookies', () => {
  const tokens = { accessToken: 'a.b.c', accessTokenExpiresAt: 1, refreshToken: 'r' }
  const session: Partial<RouteHandlers> = {
    ...departments,
    signOut: async ({ clearSession }) => clearSession(),
    refreshSession: async ({ setSession, refreshCookie }) => {
      if (refreshCookie !== 'old') throw new DomainError('not_signed_in')
      setSession(tokens)
      return { organisationId: newId(), memberId: newId(), sessionId: newId(), passwordIsTemporary: false }
    },
  }
  const own = (base: string) => ({ origin: base })

  it('A1: are HttpOnly, SameSite=Strict and bound to their paths; Secure but on loopback', async () => {
    const { base } = await start(session, { settings: { trustProxy: 'loopback' } })
    const { headers } = await call(base, 'POST', '/api/sessions/refresh', {
      headers: { cookie: 'parley_refresh=old', ...own(base) },
    })
    const [access, refresh] = headers.getSetCookie()
    expect(access).toMatch(
      /^parley_access=a\.b\.c; Max-Age=\d+; Path=\/api; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(refresh).toMatch(
      /^parley_refresh=r; Max-Age=\d+; Path=\/api\/sessions; HttpOnly; Secure; SameSite=Strict$/,
    )
    await fixture.server.close()
    const plain = await start(session)
    const answer = await call(plain.base, 'POST', '/api/sessions/refresh', {
      headers: { cookie: 'parley_refresh=old', ...own(plain.base) },
    })
    expect(answer.headers.getSetCookie()[0]).not.toContain('Secure')
  })
  it('A1: sign in with them, and are taken back', async () => {
    const { base, token } = await start(session)
    const headers = { cookie: `parley_access=${token}`, ...own(base) }
    expect((await call(base, 'POST', MEMBERS, { headers, json: { name: 'x' } })).status).toBe(200)
    const { headers: answered } = await call(base, 'DELETE', '/api/sessions/current', { headers })
    expect(answered.getSetCookie().join()).toMatch(/parley_access=;.*Max-Age=0.*parley_refresh=;/)
  })
  it('are no use to another site', async () => {
    const { base, token } = await start(session)
    const cookie = `parley_access=${token}`
    const codeOf = async (headers: Record<string, string>) =>
      (await call(base, 'POST', MEMBERS, { headers: { cookie, ...headers }, json: { name: 'x' } })).error
        ?.code
    expect(await codeOf({ origin: 'https://evil.example' })).toBe('foreign_origin')
    expect(await codeOf({ origin: 'null' })).toBe('foreign_origin')
    expect(await codeOf({ 'sec-fetch-site': 'same-site' })).toBe('foreign_origin')
    expect(await codeOf({})).toBe('foreign_origin')
    expect(await codeOf(own(base))).toBeUndefined()
    const bearer = await call(base, 'POST', MEMBERS, {
      token,
      headers: { origin: 'https://evil.example' },
      json: { name: 'x' },
    })
    expect(bearer.error?.code).toBe('foreign_origin')
  })
  it('come from the declared public address too, and from the host a proxy names', async () => {
    const publicUrl = new URL('https://chat.example.org')
    const { base, token } = await start(session, { settings: { publicUrl, trustProxy: 'loopback' } })
    const cookie = `parley_access=${token}`
    const codeOf = async (headers: Record<string, string>) =>
      (
        await call(base, 'POST', MEMBERS, {
          headers: { cookie, 'x-forwarded-proto': 'https', ...headers },
          json: { name: 'x' },
        })
      ).error?.code
    expect(await codeOf({ origin: 'https://chat.example.org' })).toBeUndefined()
    expect(
      await codeOf({ origin: 'https://other.example', 'x-forwarded-host': 'other.example' }),
    ).toBeUndefined()
    expect(await codeOf({ origin: 'https://third.example', 'x-forwarded-host': 'other.example' })).toBe(
      'foreign_origin',
    )
  })
})

describe('answers', () => {
  it('A7: that say more than their contract never leave while they are checked', async () => {
    const leak = { ...DEPARTMENT, secret: 'hash' }
    const { base, token } = await start({ createDepartment: async () => leak })
    const { status, error, text } = await call(base, 'POST', MEMBERS, { token, json: { name: 'x' } })
    expect([status, error?.code]).toEqual([500, 'internal'])
    expect(text).not.toContain('hash')
    expect(fixture.logged()).toContain('breaks its contract')
  })
  it('say nothing of an unknown fault but the request it can be found by', async () => {
    const { base, token } = await start({
      createDepartment: async () => Promise.reject(new Error('table members is gone')),
    })
    const { status, error, text } = await call(base, 'POST', MEMBERS, { token, json: { name: 'x' } })
    expect([status, error?.code]).toEqual([500, 'internal'])
    expect(text).not.toContain('table')
    const faults = fixture
      .logged()
      .split('\n')
      .filter((line) => line.includes('"error"'))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(error?.requestId)
  })
  it('carry refusals of domains with their fields, and no refusal is logged as a fault', async () => {
    const refusal = new DomainError('department_name_taken', { fields: { name: 'There is one already.' } })
    const { base, token } = await start({ createDepartment: async () => Promise.reject(refusal) })
    const { status, error } = await call(base, 'POST', MEMBERS, { token, json: { name: 'x' } })
    expect([status, error?.fields]).toEqual([409, { name: 'There is one already.' }])
    expect(fixture.logged()).not.toContain('"level":"error"')
  })
  it('are compressed when they are long and the caller takes it', async () => {
    const sessions = Array.from({ length: 200 }, () => ({
      id: newId(),
      device: 'Chrome on Windows',
      address: '127.0.0.1',
      createdAt: 1,
      lastUsedAt: 1,
      current: false,
    }))
    const { base, token } = await start({ listSessions: async () => ({ sessions }) })
    for (const encoding of ['br', 'gzip']) {
      const answer = await call(base, 'GET', '/api/sessions', {
        token,
        headers: { 'accept-encoding': encoding },
      })
      expect([answer.headers.get('content-encoding'), answer.body]).toEqual([encoding, { sessions }])
      expect(answer.headers.get('vary')).toContain('accept-encoding')
    }
    const plain = await call(base, 'GET', '/api/sessions', {
      token,
      headers: { 'accept-encoding': 'br;q=0' },
    })
    expect(plain.headers.get('content-encoding')).toBeNull()
  })
  it('T6: may come encoded from a long read, and are held against the contract all the same', async () => {
    const { base, token } = await start({
      listSessions: async ({ encoding }) =>
        encodeJsonHere({ sessions: [], more: 'x'.repeat(9_000) }, encoding),
    })
    const ask = () => call(base, 'GET', '/api/sessions', { token, headers: { 'accept-encoding': 'gzip' } })
    expect((await ask()).status).toBe(500)
    expect(fixture.logged()).toContain('breaks its contract')
    await fixture.server.close()
    await start({ listSessions: async () => encodeJsonHere({ sessions: [] }, null) })
    const fine = await call(fixture.base, 'GET', '/api/sessions', {
      token: fixture.sessions.signIn(anActor()),
    })
    expect([fine.status, fine.body]).toEqual([200, { sessions: [] }])
  })
  it('A2, T6: a right that was lost while a long read waited keeps its answer back', async () => {
    const actor = anActor()
    const { base } = await start({
      listSessions: async ({ encoding }) => {
        fixture.sessions.end(actor.sessionId)
        return encodeJsonHere({ sessions: [] }, encoding)
      },
    })
    const answer = await call(base, 'GET', '/api/sessions', { token: fixture.sessions.signIn(actor) })
    expect([answer.status, answer.error?.code]).toEqual([401, 'not_signed_in'])
  })
  it('are bytes where the contract says so, and cached for ever where their address changes with them', async () => {
    const { base, token } = await start({
      memberPicture: async () => ({
        bytes: new Uint8Array([1, 2, 3]),
        type: 'image/webp',
        cache: 'immutable',
      }),
    })
    const { headers, text } = await call(base, 'GET', `/api/members/${newId()}/picture/0123456789abcdef`, {
      token,
    })
    expect([headers.get('content-type'), text.length]).toEqual(['image/webp', 3])
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
  })
})

describe('mounting', () => {
  it('A3: fails when a route has no handler', async () => {
    const { signIn: _, ...rest } = routesWith({})
    fixture = await startFixture()
    const app = { route: () => {} } as never
    expect(() => mountRoutes(app, rest as never, {} as never)).toThrow('the route signIn has no handler')
  })
})
