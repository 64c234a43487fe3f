import type { Role } from '@parley/contracts/kernel/permission'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createJoseAccessTokens } from '../adapters/tokens/jose-access-tokens.ts'
import { call, knock, succeed } from './call.ts'
import { allEvents, allRoutes, inputOf, ownIds } from './inputs.ts'
import { type RunningApp, startApp } from './running-app.ts'
import { makeWorld, PASSWORD, type Person, type World } from './world.ts'

const ROLES: readonly Role[] = ['admin', 'manager', 'member']
const LIFETIME = 600_000

let app: RunningApp
let world: World
/** Tokens that open nothing, by what is wrong with them. */
const badTokens = new Map<string, string | null>()
beforeAll(async () => {
  app = await startApp()
  world = await makeWorld(app.base, 'Here')
  const { admin, manager } = world.people
  const claims = {
    organisationId: world.organisationId,
    memberId: admin.memberId,
    sessionId: admin.sessionId,
  }
  const sign = (secret: Uint8Array, at: number) => createJoseAccessTokens(secret, LIFETIME).sign(claims, at)
  const ended = await signInAgain(manager)
  await succeed(app.base, 'signOut', {}, ended)
  badTokens.set('none', null)
  badTokens.set('one of another key', await sign(new Uint8Array(32), Date.now()))
  badTokens.set('one that has expired', await sign(app.secret, Date.now() - 2 * LIFETIME))
  badTokens.set('one of a session that is over', ended)
  badTokens.set('a refresh token', admin.refreshToken)
  badTokens.set('one without a signature', `${admin.token.split('.').slice(0, 2).join('.')}.`)
})
afterAll(() => app.stop())

async function signInAgain({ email }: Person): Promise<string> {
  const body = { email, password: PASSWORD, transport: 'token' } as const
  const result = await succeed(app.base, 'signIn', { body }, null)
  if (result.outcome !== 'signed-in' || !result.tokens) throw new Error('nothing to choose here')
  return result.tokens.accessToken
}

const closed = allRoutes.filter(([, { permission }]) => permission.kind === 'signed-in')

const codeOf = (body: unknown) => (body as { error?: { code?: string } } | undefined)?.error?.code

describe('A3: nobody gets in without a valid token', () => {
  test.each(closed)('%s', async (_name, route) => {
    for (const [what, token] of badTokens) {
      const answer = await call(app.base, route, inputOf(route, ownIds(world, 'admin')), token)
      expect([what, answer.status, codeOf(answer.body)]).toEqual([what, 401, 'not_signed_in'])
    }
  })

  test('A6: live connections are refused at the handshake, and hear nothing', async () => {
    for (const [what, token] of badTokens) {
      const refusal = await knock(
        app.base,
        token,
        allEvents.map(([, event]) => event),
      )
      expect([what, codeOf(refusal)]).toEqual([what, 'not_signed_in'])
    }
  })
})

const restricted = closed.flatMap(([name, route]) => {
  const { permission } = route
  const roles = permission.kind === 'signed-in' ? (permission.roles ?? ROLES) : ROLES
  return ROLES.filter((role) => !roles.includes(role)).map((role) => [name, role, route] as const)
})

describe('A3: a route for some roles is forbidden to the others, whatever they name', () => {
  test.each(restricted)('%s as %s', async (_name, role, route) => {
    const answer = await call(app.base, route, inputOf(route, ownIds(world, role)), world.people[role].token)
    expect([answer.status, codeOf(answer.body)]).toEqual([403, 'forbidden'])
  })
})

describe('A1: a temporary password opens only what it takes to choose a new one', () => {
  let token = ''
  beforeAll(async () => {
    const email = 'temporary@wall.example'
    const body = { name: 'Tina', email, role: 'admin' as const, departmentIds: [], password: PASSWORD }
    await succeed(app.base, 'createMember', { body }, world.people.admin.token)
    token = await signInAgain({ email } as Person)
  })

  test.each(closed)('%s', async (_name, route) => {
    const { permission } = route
    if (permission.kind === 'signed-in' && permission.evenWithTemporaryPassword) return
    const answer = await call(app.base, route, inputOf(route, ownIds(world, 'admin')), token)
    expect([answer.status, codeOf(answer.body)]).toEqual([403, 'password_change_required'])
  })
})
