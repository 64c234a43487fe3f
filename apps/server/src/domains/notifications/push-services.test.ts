import { PUSH_LEDGER_MAX } from '@parley/contracts/notifications/bounds'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { aPush } from '../../adapters/storage/contract/pushes.contract.ts'
import { openPushScene, PushDesk, type Device } from '../../testing/push-desk.ts'
import { queueTests } from './queue-tests.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SOON = 3_000

let desk: PushDesk
let amina: Actor
let mei: Actor
let phone: Device
let chat: string

beforeEach(async () => void ({ desk, amina, mei, phone, chat } = await openPushScene()))
afterEach(async () => {
  await desk.close()
  expect(desk.failures).toEqual([])
})

const told = (device = phone) => desk.taken(device)
const texts = (device = phone) => desk.texts(device)
const answer = (...answers: (number | 'never')[]) =>
  desk.service.answers.push(...answers.map((one) => (one === 'never' ? one : { status: one })))

describe('A push service that', () => {
  test.each([404, 410])(
    'answers %i has lost the device: it is unsubscribed, and that is told',
    async (status) => {
      answer(status)
      await desk.say(amina, chat, 'Hello')
      await desk.after(SOON)
      expect(await desk.ledger(mei)).toEqual([['message', 'failed', 'gone', status, 1]])
      expect(await desk.office.storage.read.sessions.withPush(desk.office.scope)).toEqual([])
      told()
      await desk.say(amina, chat, 'Anybody?')
      await desk.after(HOUR)
      expect(told()).toEqual([])
    },
  )

  test('answers 413 gets the same without what is written', async () => {
    answer(413)
    await desk.say(amina, chat, 'Too much for it')
    await desk.after(SOON)
    expect(told()).toMatchObject([{ shown: { text: 'Too much for it' } }, { shown: null, count: 1 }])
    expect(await desk.ledger(mei)).toEqual([['message', 'accepted', null, 201, 1]])
    answer(413, 413)
    await desk.say(amina, chat, 'Again')
    await desk.after(10_000)
    expect((await desk.ledger(mei))[0]).toEqual(['message', 'failed', 'too-large', 413, 1])
  })

  test('answers 429 is left in peace for as long as it asks', async () => {
    desk.service.answers.push({ status: 429, retryAfter: '120' })
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    expect(await desk.ledger(mei)).toEqual([['message', 'queued', 'rate-limited', 429, 1]])
    told()
    await desk.after(115_000)
    expect(told()).toEqual([])
    await desk.after(10_000)
    expect(texts()).toEqual(['Hello'])
  })

  test('answers 429 to one organisation is asked by another all the same: nobody’s devices silence those of strangers', async () => {
    const elsewhere = await PushDesk.open(desk.office.storage)
    await elsewhere.telling.stop()
    elsewhere.telling = desk.telling
    const [luis, rosa] = [await elsewhere.office.join('Luis'), await elsewhere.office.join('Rosa')]
    const tablet = await elsewhere.device(rosa, desk.service.subscribe())
    const theirs = await elsewhere.chat(luis, rosa)
    desk.service.answers.push({ status: 429, retryAfter: '120' })
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    expect(await desk.ledger(mei)).toEqual([['message', 'queued', 'rate-limited', 429, 1]])
    await elsewhere.say(luis, theirs, 'Boarding at nine')
    await elsewhere.telling.follower.follow(elsewhere.office.scope)
    desk.now += SOON
    await elsewhere.after(0)
    expect(texts(tablet)).toEqual(['Boarding at nine'])
    await elsewhere.service.stop()
  })

  test('answers 500 is asked again, later and later, and what it says is told', async () => {
    answer(500, 502)
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    expect(await desk.ledger(mei)).toEqual([['message', 'queued', 'service-error', 500, 1]])
    await desk.after(3_000)
    expect(told(), 'not at once').toHaveLength(1)
    await desk.after(5_000)
    expect(await desk.ledger(mei)).toEqual([['message', 'queued', 'service-error', 502, 2]])
    await desk.after(20_000)
    expect(await desk.ledger(mei)).toEqual([['message', 'accepted', null, 201, 3]])
  })

  test('never answers is given up each time, and holds up nobody else', async () => {
    const other = await desk.device(mei)
    answer('never')
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    const outcomes = (await desk.ledger(mei)).sort()
    expect(outcomes).toEqual([
      ['message', 'accepted', null, 201, 1],
      ['message', 'queued', 'no-answer', null, 1],
    ])
    await desk.after(MINUTE)
    expect((await desk.ledger(mei)).map((line) => (line as string[])[1])).toEqual(['accepted', 'accepted'])
    expect([...texts(), ...texts(other)]).toEqual(['Hello', 'Hello', 'Hello'])
  })

  test('is down for a day is not asked for ever: what is a day old is given up', async () => {
    answer(...Array.from({ length: 100 }, () => 503))
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    for (let hours = 0; hours < 27; hours += 1) await desk.after(HOUR)
    const [[kind, state, reason, status, attempts] = [], ...more] = (await desk.ledger(mei)) as unknown[][]
    expect([kind, state, reason, status, more]).toEqual(['message', 'expired', 'service-error', 503, []])
    expect(attempts).toBeGreaterThan(10)
    expect(attempts).toBeLessThan(40)
    desk.service.answers.length = 0
    told()
    await desk.say(amina, chat, 'News')
    await desk.after(10 * MINUTE)
    expect(texts()).toEqual(['News'])
  })

  test('is down for a day is asked on for what was written meanwhile, and that is told', async () => {
    answer(...Array.from({ length: 200 }, () => 503))
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    for (let hours = 0; hours < 22; hours += 1) await desk.after(HOUR)
    await desk.say(amina, chat, 'Much later')
    for (let hours = 0; hours < 10; hours += 1) await desk.after(HOUR)
    desk.service.answers.length = 0
    told()
    await desk.after(2 * HOUR)
    expect(texts()).toEqual(['Much later'])
    const [[, state] = [], ...more] = (await desk.ledger(mei)) as unknown[][]
    expect([state, more]).toEqual(['accepted', []])
  })

  test('refuses us is not asked again for the same', async () => {
    answer(403)
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    await desk.after(HOUR)
    expect(await desk.ledger(mei)).toEqual([['message', 'failed', 'refused', 403, 1]])
  })
})

describe('The ledger', () => {
  test('is kept short, and not for ever', async () => {
    const { scope } = desk.office
    const line = (state: 'accepted' | 'queued') =>
      aPush(mei.memberId, { state, at: state === 'queued' ? desk.now * 2 : desk.now })
    const waiting = line('queued')
    await desk.office.run(async (tx) => {
      await tx.pushes.insert(scope, waiting)
      for (let made = 0; made < PUSH_LEDGER_MAX + 50; made += 1)
        await tx.pushes.insert(scope, line('accepted'))
    })
    for (let round = 0; round < 20; round += 1) {
      await desk.say(amina, chat, String(round))
      await desk.after(10_000)
    }
    const { pushes } = desk.office.storage.read
    const lines = await pushes.listOf(scope, mei.memberId, 1_000)
    expect(lines).toHaveLength(PUSH_LEDGER_MAX + 1)
    expect(lines.at(-1), 'what is queued stays').toEqual(waiting)
    desk.now += 40 * 24 * HOUR
    await desk.telling.deliveries.sweep()
    expect(await pushes.listOf(scope, mei.memberId, 1_000)).toEqual([waiting])
  })

  test('shows what became of a test, honestly', async () => {
    const gone = await desk.device(mei)
    const lines = await desk.office.run((tx) => queueTests(tx, mei, desk.now))
    expect(lines).toHaveLength(2)
    expect(await desk.office.run((tx) => queueTests(tx, mei, desk.now)), 'one at a time').toEqual([])
    answer(201, 410)
    await desk.after(0)
    expect([...told(), ...told(gone)].map(({ kind }) => kind)).toEqual(['test', 'test'])
    expect((await desk.ledger(mei)).sort()).toEqual([
      ['test', 'accepted', null, 201, 1],
      ['test', 'failed', 'gone', 410, 1],
    ])
  })
})
