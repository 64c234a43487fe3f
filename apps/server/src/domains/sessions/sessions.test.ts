import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createArgon2Passwords } from '../../adapters/passwords/argon2-passwords.ts'
import { createJoseAccessTokens } from '../../adapters/tokens/jose-access-tokens.ts'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { deactivateMember } from '../members/switch-member.ts'
import { authenticate } from './authenticate.ts'
import { requirePasswordReset, setPassword, startPasswordReset } from './change-password.ts'
import { describeDevice } from './describe-device.ts'
import { endAllSessions } from './end-session.ts'
import { openSession, signSession, type OpenedSession } from './open-session.ts'
import { refreshSession } from './refresh-session.ts'
import { ACCESS_TOKEN_LIFETIME, PASSWORD_RESET_LIFETIME, SESSION_LIFETIME } from './session.ts'
import { proveCredentials, requireStillProven } from './sign-in.ts'

const passwords = createArgon2Passwords({ memoryCost: 1024, timeCost: 1 })
const accessTokens = createJoseAccessTokens(new Uint8Array(32).fill(7), ACCESS_TOKEN_LIFETIME)
const device = { address: '127.0.0.1', userAgent: 'test' }
const PASSWORD = 'lantern quill harbour'

let office: TestOrganisation
let amina: Actor
let mei: Actor

beforeEach(async () => {
  office = await openTestOrganisation()
  amina = await office.join('Amina', 'admin')
  mei = await office.join('Mei')
  const hash = await passwords.hash(PASSWORD)
  await office.run((tx) =>
    setPassword(tx, office.scope, mei.memberId, { hash, isTemporary: false }, TEST_NOW),
  )
})

afterEach(() => office.close())

const open = async (): Promise<OpenedSession> => {
  const opened = await office.run(async (tx) => {
    const member = await tx.members.get(office.scope, mei.memberId)
    if (!member) throw new Error('no member')
    return openSession(tx, office.scope, member, device, TEST_NOW)
  })
  return signSession(accessTokens, opened, TEST_NOW)
}
const refresh = (token: string, now = TEST_NOW) => office.run((tx) => refreshSession(tx, token, device, now))
const whoIs = (token: string, now = TEST_NOW) =>
  authenticate({ read: office.storage.read, accessTokens }, token, now)

describe('A1: a session', () => {
  test('gives an access token that says who it is, for ten minutes', async () => {
    const { tokens } = await open()
    expect(await whoIs(tokens.accessToken)).toMatchObject({ memberId: mei.memberId, role: 'member' })
    const later = TEST_NOW + ACCESS_TOKEN_LIFETIME + 1_000
    await expect(whoIs(tokens.accessToken, later)).rejects.toMatchObject({ code: 'not_signed_in' })
  })

  test('rotates its refresh token at every use', async () => {
    const { tokens } = await open()
    const next = await refresh(tokens.refreshToken)
    if (next.outcome !== 'opened') throw new Error(next.outcome)
    expect(next.session.refreshToken).not.toBe(tokens.refreshToken)
    expect(
      await whoIs((await signSession(accessTokens, next.session, TEST_NOW)).tokens.accessToken),
    ).toMatchObject({ memberId: mei.memberId })
  })

  test('ends with its whole family when a refresh token comes twice', async () => {
    const { tokens } = await open()
    const next = await refresh(tokens.refreshToken)
    expect(await refresh(tokens.refreshToken)).toMatchObject({ outcome: 'reused' })
    if (next.outcome !== 'opened') throw new Error(next.outcome)
    expect(await refresh(next.session.refreshToken)).toMatchObject({ outcome: 'over' })
    await expect(whoIs(tokens.accessToken)).rejects.toMatchObject({ code: 'not_signed_in' })
  })

  test('ends by itself when it is not used for long', async () => {
    const { tokens } = await open()
    const later = TEST_NOW + SESSION_LIFETIME + 1
    expect(await refresh(tokens.refreshToken, later)).toMatchObject({ outcome: 'over' })
  })

  test('does not open for a token that nobody made', async () => {
    expect(await refresh('x'.repeat(86))).toMatchObject({ outcome: 'over' })
    await expect(whoIs('eyJhbGciOiJub25lIn0.e30.')).rejects.toMatchObject({ code: 'not_signed_in' })
  })

  test('A2: is over at once when its member is deactivated or signed out everywhere', async () => {
    const [first, second] = [await open(), await open()]
    await office.run((tx) => endAllSessions(tx, office.scope, mei.memberId, TEST_NOW, second.sessionId))
    await expect(whoIs(first.tokens.accessToken)).rejects.toMatchObject({ code: 'not_signed_in' })
    await office.run((tx) => deactivateMember(tx, amina, mei.memberId, () => Promise.resolve()))
    await expect(whoIs(second.tokens.accessToken)).rejects.toMatchObject({ code: 'member_deactivated' })
    expect(await refresh(second.tokens.refreshToken)).toMatchObject({ outcome: 'deactivated' })
  })
})

describe('signing in', () => {
  const prove = (email: string, password: string, organisationId?: string) => {
    const deps = { locator: office.storage.locator, members: office.storage.read.members, passwords }
    return proveCredentials(deps, { email, password, organisationId })
  }

  test('takes the e-mail in any case', async () => {
    const [only] = await prove('MEI@test.example', PASSWORD)
    expect(only?.member.id).toBe(mei.memberId)
  })

  test.each([
    ['mei@test.example', 'another password'],
    ['nobody@test.example', PASSWORD],
  ])('A10: answers the same for %s with %s', async (email, password) => {
    await expect(prove(email, password)).rejects.toMatchObject({ code: 'wrong_credentials' })
  })

  test('tells a deactivated member only when the password is right', async () => {
    await office.run((tx) => deactivateMember(tx, amina, mei.memberId, () => Promise.resolve()))
    await expect(prove('mei@test.example', PASSWORD)).rejects.toMatchObject({ code: 'member_deactivated' })
    await expect(prove('mei@test.example', 'wrong')).rejects.toMatchObject({ code: 'wrong_credentials' })
  })

  test('A2: a password that was changed after it was compared opens nothing', async () => {
    const [proven] = await prove('mei@test.example', PASSWORD)
    if (!proven) throw new Error('not proven')
    const { members } = office.storage.read
    expect((await requireStillProven(members, proven)).id).toBe(mei.memberId)
    const next = { hash: await passwords.hash('another one entirely'), isTemporary: false }
    await office.run((tx) => setPassword(tx, office.scope, mei.memberId, next, TEST_NOW))
    await expect(requireStillProven(members, proven)).rejects.toMatchObject({ code: 'wrong_credentials' })
  })

  test('is not shut by strangers who made members with the same e-mail', async () => {
    for (let made = 0; made < 21; made += 1) {
      const stranger = await openTestOrganisation(office.storage)
      const decoy = await stranger.join('Kofi')
      const hash = await passwords.hash('a stranger chose this')
      await stranger.run((tx) =>
        setPassword(tx, stranger.scope, decoy.memberId, { hash, isTemporary: true }, TEST_NOW),
      )
    }
    // the last to be made, so that it does not come first by its age
    const own = await openTestOrganisation(office.storage)
    const kofi = await own.join('Kofi')
    const hash = await passwords.hash(PASSWORD)
    await own.run((tx) => setPassword(tx, own.scope, kofi.memberId, { hash, isTemporary: false }, TEST_NOW))
    const found = await prove('kofi@test.example', PASSWORD)
    expect(found.map(({ member }) => member.id)).toEqual([kofi.memberId])
    const chosen = await prove('kofi@test.example', PASSWORD, own.scope)
    expect(chosen.map(({ member }) => member.id)).toEqual([kofi.memberId])
  })

  test('with one pair in two organisations finds both, and never one with another password', async () => {
    const other = await openTestOrganisation(office.storage)
    const third = await openTestOrganisation(office.storage)
    const hash = await passwords.hash(PASSWORD)
    const twin = await other.join('Mei')
    await third.join('Mei')
    await other.run((tx) =>
      setPassword(tx, other.scope, twin.memberId, { hash, isTemporary: false }, TEST_NOW),
    )
    const found = await prove('mei@test.example', PASSWORD)
    expect(found.map(({ scope }) => scope).sort()).toEqual([office.scope, other.scope].sort())
    const chosen = await prove('mei@test.example', PASSWORD, other.scope)
    expect(chosen.map(({ member }) => member.id)).toEqual([twin.memberId])
    await expect(prove('mei@test.example', PASSWORD, third.scope)).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
  })
})

describe('A9: a link to choose a password', () => {
  const start = () => office.run((tx) => startPasswordReset(tx, office.scope, mei.memberId, TEST_NOW))
  const check = (token: string, now = TEST_NOW) => requirePasswordReset(office.storage.read, token, now)

  test('opens for its member, for an hour', async () => {
    const token = await start()
    expect((await check(token)).member.id).toBe(mei.memberId)
    const later = TEST_NOW + PASSWORD_RESET_LIFETIME
    await expect(check(token, later)).rejects.toMatchObject({ code: 'reset_unknown' })
  })

  test('is replaced by a newer one, and used up by a new password', async () => {
    const [first, second] = [await start(), await start()]
    await expect(check(first)).rejects.toMatchObject({ code: 'reset_unknown' })
    await office.run((tx) =>
      setPassword(tx, office.scope, mei.memberId, { hash: 'x', isTemporary: false }, TEST_NOW),
    )
    await expect(check(second)).rejects.toMatchObject({ code: 'reset_unknown' })
  })
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'Chrome on Windows',
  ],
  ['', 'Unknown device'],
  ['node', 'node'],
])('the device of %j reads %s', (userAgent, device) => {
  expect(describeDevice(userAgent)).toBe(device)
})
