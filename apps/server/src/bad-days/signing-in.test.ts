import type { RouteInput } from '@parley/contracts/kernel/route'
import { type RouteName, type Routes, routes } from '@parley/contracts/routes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Mail } from '../kernel/mailer.ts'
import { orgScope } from '../kernel/org-scope.ts'
import { type Answer, call, knock, listen, succeed } from '../tenant-wall/call.ts'
import { type RunningApp, startApp } from '../tenant-wall/running-app.ts'
import { makeWorld, PASSWORD, type Person, type World } from '../tenant-wall/world.ts'

const NEW_PASSWORD = 'orchard-velvet-tunnel-58'
const WITHIN_A_SECOND = 1_000

let app: RunningApp
let world: World
let worlds = 0
const mails: Mail[] = []
beforeAll(async () => {
  const mailer = { send: (mail: Mail) => Promise.resolve(void mails.push(mail)) }
  app = await startApp({ mailer })
})
afterAll(() => app.stop())
beforeEach(async () => {
  worlds += 1
  world = await makeWorld(app.base, 'Bad days', `bad${worlds}.example`)
})

const attempt = <N extends RouteName>(
  name: N,
  input: RouteInput<Routes[N]>,
  token: string | null,
): Promise<Answer> => call(app.base, routes[name], input, token)

const codeOf = ({ body }: Answer) =>
  (body as { error?: { code?: string } } | undefined)?.error?.code ?? 'done'

const signIn = (email: string, password: string) =>
  attempt(
    'signIn',
    { body: { email, password, organisationId: world.organisationId, transport: 'token' } },
    null,
  )

const refresh = (refreshToken: string) => attempt('refreshSession', { body: { refreshToken } }, null)

const me = (token: string) => attempt('currentSession', {}, token)

/** Asks for a link and takes the token out of the mail. */
async function resetToken(email: string): Promise<string> {
  mails.length = 0
  await succeed(app.base, 'requestPasswordReset', { body: { email } }, null)
  await expect.poll(() => mails.length).toBeGreaterThan(0)
  const tokens = mails.map(({ text }) => /#([\w.-]+)/.exec(text)?.[1] ?? '')
  return tokens.at(-1) ?? ''
}

describe('A14: the wrong password', () => {
  test('does not sign in, whether or not the e-mail is known, and the answers are the same', async () => {
    const known = await signIn(world.spare.email, 'not the password')
    const unknown = await signIn('nobody@wall.example', 'not the password')
    expect(codeOf(known)).toBe('wrong_credentials')
    expect(unknown).toMatchObject({ status: known.status, type: known.type })
    expect(codeOf(unknown)).toBe('wrong_credentials')
  })

  test('does not change the own password', async () => {
    const body = { current: 'not the password', next: NEW_PASSWORD }
    expect(codeOf(await attempt('changeOwnPassword', { body }, world.spare.token))).toBe('wrong_password')
    expect(codeOf(await signIn(world.spare.email, PASSWORD))).toBe('done')
  })
})

describe('A14, A2: a deactivated member', () => {
  beforeEach(() =>
    succeed(
      app.base,
      'deactivateMember',
      { params: { memberId: world.spare.memberId } },
      world.people.admin.token,
    ),
  )

  test('cannot sign in, and only the right password tells why', async () => {
    expect(codeOf(await signIn(world.spare.email, PASSWORD))).toBe('member_deactivated')
    expect(codeOf(await signIn(world.spare.email, 'not the password'))).toBe('wrong_credentials')
  })

  test('cannot refresh, call or connect with what they had', async () => {
    const refused = ['member_deactivated', 'not_signed_in']
    expect(refused).toContain(codeOf(await refresh(world.spare.refreshToken)))
    expect(refused).toContain(codeOf(await me(world.spare.token)))
    const refusal = (await knock(app.base, world.spare.token, [])) as { error: { code: string } }
    expect(refused).toContain(refusal.error.code)
  })

  test('is an admin of a group that has no other when they are the first to come back', async () => {
    const { people, spare, other, groupOf } = world
    const act = (name: 'deactivateMember' | 'reactivateMember', { memberId }: Person) =>
      succeed(app.base, name, { params: { memberId } }, people.admin.token)
    for (const one of [other, people.member]) await act('deactivateMember', one)
    await act('reactivateMember', other)
    const scope = orgScope(world.organisationId)
    const found = await app.storage.read.conversations.get(scope, groupOf.member)
    expect(found?.group?.adminIds).toEqual([people.member, spare, other].map(({ memberId }) => memberId))
  })

  test('gets no link to choose a password', async () => {
    mails.length = 0
    await succeed(app.base, 'requestPasswordReset', { body: { email: world.spare.email } }, null)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(mails).toEqual([])
  })
})

test('A14: a link to choose a password that was mailed before the member was deactivated is dead', async () => {
  const token = await resetToken(world.spare.email)
  const params = { memberId: world.spare.memberId }
  await succeed(app.base, 'deactivateMember', { params }, world.people.admin.token)
  const answer = await attempt('completePasswordReset', { body: { token, password: NEW_PASSWORD } }, null)
  expect(codeOf(answer)).toBe('reset_unknown')
})

test('a link to choose a password that was mailed to an address is dead once the address was changed', async () => {
  const token = await resetToken(world.spare.email)
  const params = { memberId: world.spare.memberId }
  const body = { email: `moved-${world.spare.email}` }
  await succeed(app.base, 'changeMember', { params, body }, world.people.admin.token)
  const answer = await attempt('completePasswordReset', { body: { token, password: NEW_PASSWORD } }, null)
  expect(codeOf(answer)).toBe('reset_unknown')
})

test('A9: a link to choose a password works once, also when it is used twice at the same instant', async () => {
  const token = await resetToken(world.spare.email)
  const body = { token, password: NEW_PASSWORD }
  const answers = await Promise.all([0, 1].map(() => attempt('completePasswordReset', { body }, null)))
  expect(answers.map(codeOf).sort()).toEqual(['done', 'reset_unknown'])
})

describe('A1: a refresh token', () => {
  test('that is used a second time ends its session, for whoever holds it, live connections included', async () => {
    const { token, refreshToken } = world.spare
    const listener = await listen(app.base, token)
    const first = await refresh(refreshToken)
    expect(codeOf(first)).toBe('done')
    const { tokens } = first.body as { tokens: { accessToken: string; refreshToken: string } }
    expect(codeOf(await refresh(refreshToken))).toBe('not_signed_in')
    expect(codeOf(await refresh(tokens.refreshToken))).toBe('not_signed_in')
    expect(codeOf(await me(tokens.accessToken))).toBe('not_signed_in')
    await expect.poll(() => listener.socket.connected, { timeout: WITHIN_A_SECOND }).toBe(false)
  })

  test('that is used twice at the same instant gives at most one new one, which is then dead', async () => {
    const answers = await Promise.all([0, 1].map(() => refresh(world.spare.refreshToken)))
    expect(answers.map(codeOf).sort()).toEqual(['done', 'not_signed_in'])
  })
})

type Ending = readonly [what: string, end: (person: Person) => Promise<unknown>]

const endings: readonly Ending[] = [
  ['deactivated', ({ memberId }) => asAdmin('deactivateMember', { params: { memberId } })],
  ['deleted', ({ memberId }) => asAdmin('deleteMember', { params: { memberId } })],
  ['given a new password', ({ memberId }) => asAdmin('resetMemberPassword', { params: { memberId } })],
  ['signed out by an admin', ({ memberId }) => asAdmin('endMemberSessions', { params: { memberId } })],
  ['signed out everywhere', ({ token }) => succeed(app.base, 'signOutEverywhere', {}, token)],
  ['signed out here', ({ token }) => succeed(app.base, 'signOut', {}, token)],
]

const asAdmin = <N extends RouteName>(name: N, input: RouteInput<Routes[N]>) =>
  succeed(app.base, name, input, world.people.admin.token)

describe('A2: within one second, whoever is', () => {
  test.each(endings)('%s hears nothing more and can do nothing more', async (_what, end) => {
    const { spare, other, ids } = world
    const listener = await listen(app.base, spare.token)
    await end(spare)
    await expect.poll(() => listener.socket.connected, { timeout: WITHIN_A_SECOND }).toBe(false)
    expect(['not_signed_in', 'member_deactivated']).toContain(codeOf(await me(spare.token)))
    expect(['not_signed_in', 'member_deactivated']).toContain(codeOf(await refresh(spare.refreshToken)))
    listener.heard.length = 0
    const params = { conversationId: ids.conversation }
    await attempt('sendMessageByRequest', { params, body: { id: ids.message, text: 'Heard?' } }, other.token)
    expect(listener.heard).toEqual([])
  })

  test('no admin any more hears nothing more of what only admins see', async () => {
    const { manager, admin } = world.people
    const params = { memberId: manager.memberId }
    await asAdmin('changeMember', { params, body: { role: 'admin' } })
    const listener = await listen(app.base, manager.token)
    await asAdmin('changeMember', { params, body: { role: 'member' } })
    await listener.caughtUp()
    listener.heard.length = 0
    await succeed(app.base, 'createInvite', { body: {} }, admin.token)
    await listener.caughtUp()
    expect(listener.heard).toEqual([])
    expect(codeOf(await attempt('createInvite', { body: {} }, manager.token))).toBe('forbidden')
    listener.close()
  })
})
