import { messageId } from './chats.ts'
import { openParleyChats } from './throughput.ts'
import { createDriver, percentile } from './load.ts'
import { callApi, createMembers, openDirect, type BenchMember } from './parley-api.ts'
import { startParley, type Target } from './processes.ts'
import { atMost, report, type Figure, type Scenario } from './scenario.ts'

const LIST = 500

interface Fixture {
  readonly target: Target
  readonly person: BenchMember
  readonly conversationIds: readonly string[]
}

/** Somebody with 500 conversations, the first with a page of history. */
async function prepare(target: Target, list: number): Promise<Fixture> {
  const members = await createMembers(target.base, list + 2)
  const [, person, ...others] = members // the first is the admin
  if (!person) throw new Error('nobody there')
  const conversationIds: string[] = []
  for (const other of others) {
    const id = await openDirect(target.base, person, other)
    conversationIds.push(id)
    await say(target, person, id, 'Welcome aboard.')
  }
  for (let number = 0; number < 120; number += 1) {
    await say(
      target,
      person,
      conversationIds[0] ?? '',
      `Line ${String(number)} of a long story about a coach.`,
    )
  }
  return { target, person, conversationIds }
}

const say = (target: Target, by: BenchMember, id: string, text: string) =>
  callApi(target.base, 'POST', `/api/conversations/${id}/messages`, { id: messageId(), text }, by.accessToken)

/** Sends until the installation holds `total` messages, through the same door as everybody. */
async function grow(target: Target, total: number): Promise<void> {
  const { chats } = await openParleyChats(target)
  const driver = createDriver(chats)
  for (let sent = 0; sent < total;) sent += (await driver.closedLoop(5)).perSecond * 5
  for (const chat of chats) chat.close()
}

/** Time the server spent, as it says itself in the Server-Timing header, in ms. */
async function serverTimes(fixture: Fixture, path: string, rounds: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const headers = { authorization: `Bearer ${fixture.person.accessToken}` }
    const response = await fetch(fixture.target.base + path, { headers })
    await response.arrayBuffer()
    times.push(Number(/dur=([0-9.]+)/.exec(response.headers.get('server-timing') ?? '')?.[1] ?? NaN))
  }
  return times
}

/** Devices that start from nothing at the same time, and how often each does. */
const DEVICES = 4
const LOADS = 50

/** The event loop's p99 delay while several devices load everything, in ms. */
async function delayDuringLoads(fixture: Fixture): Promise<number> {
  await fixture.target.figures()
  await Promise.all(Array.from({ length: DEVICES }, () => serverTimes(fixture, '/api/sync/load', LOADS)))
  return (await fixture.target.figures()).delayP99
}

async function measure(fixture: Fixture) {
  const history = `/api/conversations/${fixture.conversationIds[0] ?? ''}/messages?limit=50`
  await serverTimes(fixture, history, 50)
  await serverTimes(fixture, '/api/sync/load', 20)
  return {
    history: percentile(await serverTimes(fixture, history, 400), 0.99),
    list: percentile(await serverTimes(fixture, '/api/sync/load', 200), 0.99),
  }
}

async function compareSizes(quick: boolean): Promise<Figure[]> {
  const target = await startParley()
  try {
    const fixture = await prepare(target, quick ? 20 : LIST)
    await grow(target, 10_000)
    const small = await measure(fixture)
    await grow(target, quick ? 10_000 : 1_000_000)
    const large = await measure(fixture)
    const delay = await delayDuringLoads(fixture)
    return [
      report('History page of 50, p99, at 10,000 messages', small.history, 'ms'),
      atMost('History page of 50, p99, at 1,000,000 messages', large.history, 5, 'ms'),
      atMost('The same over the small one', large.history / small.history, 1.5, 'ratio'),
      report('First load with 500 chats and 500 people, p99, at 10,000 messages', small.list, 'ms'),
      atMost('First load with 500 chats and 500 people, p99, at 1,000,000 messages', large.list, 5, 'ms'),
      atMost('The same over the small one', large.list / small.list, 1.5, 'ratio'),
      atMost('Event loop delay, p99, while 4 devices load all the time', delay, 20, 'ms'),
    ]
  } finally {
    await target.stop()
  }
}

export const reading: Scenario = { name: 'reading', run: ({ quick }) => compareSizes(quick) }
