import type { Privacy } from '@parley/contracts/members/member'
import type { PresenceState } from '@parley/contracts/presence/events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { openTestOrganisation, TEST_NOW, type TestOrganisation } from '../../testing/test-organisation.ts'
import { changeCommunication } from '../communication/change-communication.ts'
import { changePrivacy } from './change-privacy.ts'
import { createPresenceRegister } from './presence-register.ts'
import { createPresence, type Presence } from './presence.socket.ts'
import { createLastSeenLog } from './record-last-seen.ts'

let office: TestOrganisation
let amina: Actor
let mei: Actor
let heard: PresenceState[]
let left: string[]
let now: number
let presence: Presence

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  office = await openTestOrganisation()
  amina = await office.join('Amina')
  mei = await office.join('Mei')
  heard = []
  left = []
  now = TEST_NOW
  const lastSeen = createLastSeenLog((_scope, work) => office.run(work))
  presence = createPresence({
    register: createPresenceRegister(),
    lastSeen,
    read: office.storage.read,
    clock: { now: () => now },
    onLeft: (_scope, memberId) => left.push(memberId),
    onFailure: (error) => {
      throw error
    },
    realtime: {
      toConnections: (ids, _signal, payload) => {
        if (ids.length > 0) heard.push(payload as PresenceState)
      },
    },
  })
  connect(amina, 'hers')
  await watch()
})
afterEach(async () => {
  vi.useRealTimers()
  await office.close()
})

const connect = ({ scope, memberId, sessionId }: Actor, id: string) =>
  presence.onConnect({ id, scope, memberId, sessionId })
const call = { log: null as never, origin: undefined as never }
const watch = async () => {
  const payload = { memberIds: [mei.memberId] }
  const { members } = await presence.events.watchPresence({
    ...call,
    actor: amina,
    payload,
    connectionId: 'hers',
  })
  return members
}
const setActive = (connectionId: string, active: boolean) =>
  presence.events.setActive({ ...call, actor: mei, payload: { active }, connectionId })
const pass = async (milliseconds: number) => {
  now += milliseconds
  vi.advanceTimersByTime(milliseconds)
  await presence.settled()
}
const hide = async (actor: Actor, patch: Partial<Privacy>) => {
  await office.run((tx) => changePrivacy(tx, actor, patch))
  presence.onHiding(office.scope, actor.memberId)
  await presence.settled()
}

test('Y10: who turns to something else stays online for a minute, and was last seen when they turned', async () => {
  connect(mei, 'laptop')
  await pass(0)
  expect(heard.splice(0)).toMatchObject([{ online: true }])
  await setActive('laptop', false)
  expect(left, 'but what is told on other devices need not wait').toEqual([mei.memberId])
  await pass(50_000)
  expect([heard, await watch()]).toMatchObject([[], [{ online: true }]])
  await setActive('laptop', true)
  await setActive('laptop', false)
  const turnedAt = now
  await pass(59_000)
  expect(heard).toEqual([])
  await pass(2_000)
  expect(heard).toEqual([{ memberId: mei.memberId, online: false, lastSeenAt: turnedAt }])
  expect(await watch()).toEqual([{ memberId: mei.memberId, online: false, lastSeenAt: turnedAt }])
})

test('Y10: a sleeping laptop does not keep somebody online who has gone, nor a closed one who is at another', async () => {
  connect(mei, 'laptop')
  connect(mei, 'phone')
  await pass(0)
  heard.splice(0)
  presence.onDisconnect({ id: 'laptop', ...mei })
  await pass(120_000)
  expect([heard, left]).toEqual([[], []])
  presence.onDisconnect({ id: 'phone', ...mei })
  await pass(1_000)
  connect(mei, 'phone again')
  await pass(0)
  expect(heard, 'a reload is told to nobody').toEqual([])
  presence.onDisconnect({ id: 'phone again', ...mei })
  await pass(3_000)
  expect(heard).toMatchObject([{ online: false }])
})

test('Y10: who turned away and then closes everything is gone, without a minute’s wait', async () => {
  connect(mei, 'phone')
  await pass(0)
  heard.splice(0)
  await setActive('phone', false)
  await pass(10_000)
  presence.onDisconnect({ id: 'phone' })
  await pass(3_000)
  expect(heard).toMatchObject([{ online: false }])
})

describe('What members hide', () => {
  const ofMei = (state: Partial<PresenceState>) => [{ memberId: mei.memberId, ...state }]
  const HIDDEN = { online: false, lastSeenAt: null, hidden: true } as const

  test('who appears offline is told as gone at once, and was last seen before', async () => {
    connect(mei, 'phone')
    presence.onDisconnect({ id: 'phone' })
    await pass(3_000)
    const before = (await watch())[0]?.lastSeenAt
    expect(before).toBe(TEST_NOW)
    await pass(100_000)
    connect(mei, 'phone')
    await pass(0)
    heard.splice(0)
    await hide(mei, { appearOffline: true })
    expect(heard.splice(0)).toEqual(ofMei({ online: false, lastSeenAt: before ?? 0 }))
    presence.onDisconnect({ id: 'phone' })
    await pass(3_000)
    connect(mei, 'phone')
    await pass(0)
    expect(await watch()).toEqual(ofMei({ online: false, lastSeenAt: before ?? 0 }))
    await hide(mei, { appearOffline: false })
    expect(heard.at(-1)).toMatchObject({ online: true })
  })

  test('goes both ways: who appears offline sees nobody', async () => {
    connect(mei, 'phone')
    await hide(amina, { appearOffline: true })
    expect(await watch()).toEqual(ofMei(HIDDEN))
    presence.onDisconnect({ id: 'phone' })
    await pass(3_000)
    expect(heard.at(-1)).toEqual(ofMei(HIDDEN)[0])
  })

  test('when they were here is hidden, both ways, and that they are here is not', async () => {
    await hide(mei, { hideLastSeen: true })
    connect(mei, 'phone')
    await pass(0)
    expect(heard.at(-1)).toMatchObject({ online: true, lastSeenAt: null })
    presence.onDisconnect({ id: 'phone' })
    await pass(3_000)
    expect([heard.at(-1), await watch()]).toEqual([ofMei(HIDDEN)[0], ofMei(HIDDEN)])
    await hide(mei, { hideLastSeen: false })
    expect(await watch()).toMatchObject(ofMei({ online: false, lastSeenAt: TEST_NOW }))
    await hide(amina, { hideLastSeen: true })
    expect(await watch()).toEqual(ofMei(HIDDEN))
  })

  test('counts only where the organisation allows it, and is refused where it does not', async () => {
    connect(mei, 'phone')
    await hide(mei, { appearOffline: true })
    await office.run((tx) =>
      changeCommunication(tx, amina, { appearingOffline: false, lastSeenHiding: false }),
    )
    presence.onHiding(office.scope)
    await presence.settled()
    expect(heard.at(-1)).toMatchObject({ online: true })
    const refused = { code: 'hiding_not_allowed' }
    await expect(hide(amina, { appearOffline: true })).rejects.toMatchObject(refused)
    await expect(hide(amina, { hideLastSeen: true })).rejects.toMatchObject(refused)
    await hide(mei, { appearOffline: false })
  })
})
