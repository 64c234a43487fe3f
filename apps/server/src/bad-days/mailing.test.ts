import { type RouteName, routes } from '@parley/contracts/routes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Mail, nameInMail } from '../kernel/mailer.ts'
import { createRateLimits, rateLimitTable } from '../platform/rate-limit/rate-limits.ts'
import { type Answer, call, type Input } from '../tenant-wall/call.ts'
import { type RunningApp, startApp } from '../tenant-wall/running-app.ts'
import { makeWorld, type World } from '../tenant-wall/world.ts'

let app: RunningApp
let world: World
const mails: Mail[] = []
beforeAll(async () => {
  const mailer = { send: (mail: Mail) => Promise.resolve(void mails.push(mail)) }
  app = await startApp({ mailer, rateLimits: createRateLimits(() => 0, { ...rateLimitTable, invite: {} }) })
  world = await makeWorld(app.base, 'Mailing')
})
afterAll(() => app.stop())

const asAdmin = (name: RouteName, input: Input): Promise<Answer> =>
  call(app.base, routes[name], input, world.people.admin.token)

const invite = (email: string) =>
  asAdmin('createInvite', { body: { email, role: 'member', departmentIds: [], expiresInDays: 7 } })

const refusal = ({ body }: Answer) =>
  (body as { error?: { code: string; retryAfter?: number } } | undefined)?.error

test('A10: one person is mailed an invitation a few times, then the next has to wait, and nothing is made', async () => {
  const burst = rateLimitTable.mail.recipient?.burst ?? 0
  for (let sent = 0; sent < burst; sent += 1)
    expect(refusal(await invite('guest@strangers.example'))).toBe(undefined)
  const before = mails.length
  expect(refusal(await invite(' GUEST@strangers.example'))).toMatchObject({
    code: 'rate_limited',
    retryAfter: expect.any(Number) as number,
  })
  expect(mails).toHaveLength(before)
})

test('A10: an organisation mails its whole staff at once, but not the world', async () => {
  const burst = rateLimitTable.mail.organisation?.burst ?? 0
  const answers: Answer[] = []
  for (let number = 0; number < burst; number += 1)
    answers.push(await invite(`guest${number}@strangers.example`))
  expect(refusal(answers[burst / 2]!)).toBe(undefined)
  expect(refusal(answers.at(-1)!)).toMatchObject({ code: 'rate_limited' })
})

test('A10: whoever asks again and again to choose a new password fills nobody’s mailbox, and links go on working', async () => {
  const { email } = world.people.member
  const ask = () => call(app.base, routes.requestPasswordReset, { body: { email } }, null)
  const burst = rateLimitTable.mail.recipient?.burst ?? 0
  mails.length = 0
  for (let asked = 0; asked < burst + 3; asked += 1) expect((await ask()).body).toEqual({ mail: 'if-known' })
  await expect.poll(() => mails.length).toBe(burst)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(mails).toHaveLength(burst)
  const token = /#([\w.-]+)/.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
  const done = { body: { token, password: 'orchard-velvet-tunnel-58' } }
  expect(refusal(await call(app.base, routes.completePasswordReset, done, null))).toBe(undefined)
})

test('A10: one e-mail joins a few organisations in a row, then has to wait', async () => {
  const allowed = rateLimitTable['sign-up'].account?.burst ?? 0
  const join = async () => {
    const made = (
      await asAdmin('createInvite', { body: { role: 'member', departmentIds: [], expiresInDays: 7 } })
    ).body as { token: string }
    const person = { name: 'Nobody', email: 'victim@strangers.example', password: 'velvet-tunnel-orchard-61' }
    return call(
      app.base,
      routes.acceptInvite,
      { body: { token: made.token, ...person, transport: 'token' } },
      null,
    )
  }
  const answers: (string | undefined)[] = []
  for (let tried = 0; tried <= allowed; tried += 1) answers.push(refusal(await join())?.code)
  // in one organisation an e-mail is taken after the first; the attempts count all the same
  expect(answers).toEqual([undefined, ...Array<string>(allowed - 1).fill('email_taken'), 'rate_limited'])
})

test('a name in a mail makes no link and no second line', () => {
  expect(nameInMail('Win at https://prize.example/now\nBcc: all')).toBe(
    'Win at https: / / prize. example/ now Bcc: all',
  )
  expect(nameInMail('Quill & Haven Travel Ltd.')).toBe('Quill & Haven Travel Ltd.')
})
