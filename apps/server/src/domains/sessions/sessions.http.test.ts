import { afterEach, beforeEach, expect, test } from 'vitest'
import { createArgon2Passwords } from '../../adapters/passwords/argon2-passwords.ts'
import { createJoseAccessTokens } from '../../adapters/tokens/jose-access-tokens.ts'
import type { Actor } from '../../kernel/actor.ts'
import { noRateLimits } from '../../platform/rate-limit/rate-limits.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import type { EndConnections } from './end-connections.ts'
import { openSession } from './open-session.ts'
import { passwordRoutes } from './passwords.http.ts'
import { ACCESS_TOKEN_LIFETIME } from './session.ts'
import { sessionRoutes } from './sessions.http.ts'

type Ended = Parameters<EndConnections>
type Routes = ReturnType<typeof sessionRoutes> & ReturnType<typeof passwordRoutes>

const device = { address: '127.0.0.1', userAgent: 'test' }

let office: TestOrganisation
let admin: Actor
let mei: Actor
let refreshToken: string
let ended: Ended[]
let routes: Routes

beforeEach(async () => {
  office = await openTestOrganisation()
  admin = await office.join('Amina', 'admin')
  const { memberId } = await office.join('Mei')
  const opened = await office.run(async (tx) => {
    const member = await tx.members.get(office.scope, memberId)
    if (!member) throw new Error('no member')
    return openSession(tx, office.scope, member, device, TEST_NOW)
  })
  mei = { ...admin, role: 'member', memberId, sessionId: opened.sessionId }
  refreshToken = opened.refreshToken
  ended = []
  const deps: Parameters<typeof passwordRoutes>[0] = {
    run: (_scope, work) => office.run(work),
    read: office.storage.read,
    locator: office.storage.locator,
    rateLimits: noRateLimits,
    passwords: createArgon2Passwords({ memoryCost: 1024, timeCost: 1 }),
    accessTokens: createJoseAccessTokens(new Uint8Array(32).fill(7), ACCESS_TOKEN_LIFETIME),
    clock: { now: () => TEST_NOW },
    onEnded: (...one: Ended) => void ended.push(one),
    sendPasswordReset: null,
  }
  routes = { ...sessionRoutes(deps), ...passwordRoutes(deps) }
})

afterEach(() => office.close())

/** Calls a route as the HTTP platform would, with as much of a request as it reads. */
const call = (name: keyof Routes, request: object): Promise<unknown> =>
  (routes[name] as (request: object) => Promise<unknown>)({ ...device, clearSession: () => {}, ...request })

test('signing out is the only end that a device hears of as its own', async () => {
  await call('signOut', { actor: mei })
  expect(ended).toEqual([[{ sessionIds: [mei.sessionId] }, 'signed-out']])
})

test('signing out everywhere is told to this device as its own doing, and to the others as an end', async () => {
  await call('signOutEverywhere', { actor: mei })
  expect(ended).toEqual([
    [{ sessionIds: [mei.sessionId] }, 'signed-out'],
    [{ memberId: mei.memberId }, 'ended'],
  ])
})

test('a session that its member ends from another device is ended', async () => {
  const elsewhere = { ...mei, sessionId: admin.sessionId }
  await call('endSession', { actor: elsewhere, params: { sessionId: mei.sessionId } })
  expect(ended).toEqual([[{ sessionIds: [mei.sessionId] }, 'ended']])
})

test('sessions that an admin ends are ended, and a password that an admin resets is reset', async () => {
  const params = { memberId: mei.memberId }
  await call('endMemberSessions', { actor: admin, params })
  await call('resetMemberPassword', { actor: admin, params })
  expect(ended).toEqual([
    [params, 'ended'],
    [params, 'password-reset'],
  ])
})

test('A1: a session whose refresh token comes twice ends as reused', async () => {
  const again = () => call('refreshSession', { body: { refreshToken } })
  await again()
  await expect(again()).rejects.toMatchObject({ code: 'not_signed_in' })
  expect(ended).toEqual([[{ sessionIds: [mei.sessionId] }, 'reused']])
})
