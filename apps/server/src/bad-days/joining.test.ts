import type { RouteInput } from '@parley/contracts/kernel/route'
import { type RouteName, type Routes, routes } from '@parley/contracts/routes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createArgon2Passwords } from '../adapters/passwords/argon2-passwords.ts'
import { type Answer, call } from '../tenant-wall/call.ts'
import { type RunningApp, startApp } from '../tenant-wall/running-app.ts'
import { makeWorld, PASSWORD, type World } from '../tenant-wall/world.ts'

let app: RunningApp
let world: World
beforeAll(async () => {
  app = await startApp({ passwords: createArgon2Passwords({ memoryCost: 64, timeCost: 1 }) })
})
afterAll(() => app.stop())
beforeEach(async () => {
  world = await makeWorld(app.base, 'Joining')
}, 60_000)

const attempt = <N extends RouteName>(
  name: N,
  input: RouteInput<Routes[N]>,
  token: string | null,
): Promise<Answer> => call(app.base, routes[name], input, token)

interface Refusal {
  readonly code: string
  readonly fields?: Readonly<Record<string, string>>
}
const refusalOf = ({ body }: Answer) => (body as { error?: Refusal } | undefined)?.error ?? { code: 'done' }
const codeOf = (answer: Answer) => refusalOf(answer).code

const join = (email: string, password = PASSWORD) =>
  attempt(
    'acceptInvite',
    { body: { token: world.inviteToken, name: 'Nora', email, password, transport: 'token' } },
    null,
  )

const create = (email: string, password = PASSWORD) =>
  attempt(
    'createMember',
    { body: { name: 'Nora', email, role: 'member', departmentIds: [], password } },
    world.people.admin.token,
  )

test('A9: of two people who use one invitation at the same instant one is in, and the other is told that it is used', async () => {
  const answers = await Promise.all(['nora@wall.example', 'noah@wall.example'].map((email) => join(email)))
  expect(answers.map(codeOf).sort()).toEqual(['done', 'invite_used'])
})

test('one e-mail taken by two at the same instant makes one member', async () => {
  const answers = await Promise.all([0, 1, 2].map(() => create('same@wall.example')))
  expect(answers.map(codeOf).sort()).toEqual(['done', 'email_taken', 'email_taken'])
})

describe('an e-mail that somebody here already uses', () => {
  const spellings = [
    ['as it is', 'member@wall.example'],
    ['in capitals', 'MEMBER@Wall.EXAMPLE'],
    ['with space around it', '  member@wall.example '],
    ['in full-width letters', 'ｍember@wall.example'],
  ] as const

  test.each(spellings)('is taken, %s: by creating, joining, and changing', async (_how, email) => {
    expect(codeOf(await create(email))).toBe('email_taken')
    const joined = await join(email)
    expect(refusalOf(joined)).toMatchObject({
      code: 'email_taken',
      fields: { email: expect.any(String) as string },
    })
    const params = { memberId: world.spare.memberId }
    const changed = await attempt('changeMember', { params, body: { email } }, world.people.admin.token)
    expect(codeOf(changed)).toBe('email_taken')
  })

  test('is taken in the other spelling of an international domain', async () => {
    expect(codeOf(await create('nora@bücher.example'))).toBe('done')
    expect(codeOf(await create('nora@xn--bcher-kva.example'))).toBe('email_taken')
  })

  test('cannot be passed off with letters of another script', async () => {
    const answer = await create('mеmber@wall.example') // the second letter is Cyrillic
    expect(refusalOf(answer)).toMatchObject({
      code: 'invalid_input',
      fields: { email: expect.any(String) as string },
    })
  })

  test('is free in another organisation', async () => {
    const elsewhere = await makeWorld(app.base, 'Elsewhere')
    expect(elsewhere.people.member.email).toBe(world.people.member.email)
  })
})

describe('a password that is easily guessed is refused with a sentence beside its field', () => {
  const weak = ['passwordpassword', 'qwertyuiop123', '123456789012']
  const organisation = {
    name: 'Weak',
    address: 'Here',
    expectedUsers: 1,
    ownerName: 'Nora',
    contactNumber: '+351 900 000 142',
  }
  const paths: Record<string, (password: string) => Promise<Answer>> = {
    'signing up': (password) => {
      const admin = { name: 'Nora', email: 'nora@weak.example', password }
      return attempt('signUp', { body: { admin, organisation, transport: 'token' } }, null)
    },
    joining: (password) => join('nora@wall.example', password),
    'creating a member': (password) => create('nora@wall.example', password),
    'changing the own': (next) =>
      attempt('changeOwnPassword', { body: { current: PASSWORD, next } }, world.spare.token),
  }

  test.each(Object.keys(paths))('by %s', async (path) => {
    for (const password of weak) {
      const { code, fields } = refusalOf(await paths[path]!(password))
      expect([password, code]).toEqual([password, 'weak_password'])
      expect(Object.values(fields ?? {})[0]).toMatch(/^Too easy to guess\. \w.+/)
    }
  })
})
