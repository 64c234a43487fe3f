import { startMongoReplicaSet } from '../../scripts/services.mjs'
import { openParleyChat, openRelayChat, type Chat } from './chats.ts'
import { createDriver, median, overload, type WindowResult } from './load.ts'
import { callApi, createMembers, openDirect, type BenchMember } from './parley-api.ts'
import { startParley, startRelay, type Target } from './processes.ts'
import { atLeast, atMost, report, type Figure, type Scenario } from './scenario.ts'

const CHATS = 64
const ROUNDS = 5

export interface OpenedChats {
  readonly chats: readonly Chat[]
  readonly members: readonly BenchMember[]
  readonly conversationIds: readonly string[]
}

/** 64 pairs of people, each with a conversation. */
export async function openParleyChats(target: Target): Promise<OpenedChats> {
  const members = await createMembers(target.base, 2 * CHATS)
  const pairs = await Promise.all(
    Array.from({ length: CHATS }, async (_, index) => {
      const [from, to] = members.slice(2 * index, 2 * index + 2)
      if (!from || !to) throw new Error('too few members')
      return { from, to, conversationId: await openDirect(target.base, from, to) }
    }),
  )
  const chats = await Promise.all(pairs.map((pair) => openParleyChat(target.base, pair)))
  return { chats, members, conversationIds: pairs.map((pair) => pair.conversationId) }
}

const openRelayChats = (target: Target) =>
  Promise.all(Array.from({ length: CHATS }, (_, index) => openRelayChat(target.base, `c${String(index)}`)))

type Driver = ReturnType<typeof createDriver>

/** Runs a window on each driver in turn, several times, so that a noisy moment hits both. */
async function alternate(
  drivers: readonly Driver[],
  run: (driver: Driver) => Promise<WindowResult>,
  rounds: number,
): Promise<WindowResult[][]> {
  const results: WindowResult[][] = drivers.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, driver] of drivers.entries()) results[index]?.push(await run(driver))
  }
  return results
}

async function compare(quick: boolean, storage: string | null): Promise<Figure[]> {
  const relay = await startRelay()
  const parley = await startParley(storage === null ? {} : { storage })
  try {
    const relayChats = createDriver(await openRelayChats(relay))
    const opened = await openParleyChats(parley)
    const parleyChats = createDriver(opened.chats)
    const [warm, window, rounds] = quick ? [1, 1, 1] : [10, 5, ROUNDS]
    for (const driver of [relayChats, parleyChats]) await driver.closedLoop(warm)
    await parley.figures()
    const [bare = [], full = []] = await alternate(
      [relayChats, parleyChats],
      (d) => d.closedLoop(window),
      rounds,
    )
    const { delayP99 } = await parley.figures()
    const [relayRate, parleyRate] = [
      median(bare.map((r) => r.perSecond)),
      median(full.map((r) => r.perSecond)),
    ]
    const engine = storage === null ? 'SQLite' : 'MongoDB'
    const figures = [
      report('Relay, 64 chats, one in flight', relayRate, 'msg/s'),
      report(`Parley on ${engine}, 64 chats, one in flight`, parleyRate, 'msg/s'),
      storage === null
        ? atLeast('Parley on SQLite over relay', parleyRate / relayRate, 0.35, 'ratio')
        : report('Parley on MongoDB over relay', parleyRate / relayRate, 'ratio'),
    ]
    if (storage !== null) return figures
    figures.push(atMost('Event-loop delay p99 during it', delayP99, 20, 'ms'))
    figures.push(...(await latency(relayChats, parleyChats, quick)))
    figures.push(...(await overloaded(parley, opened, parleyRate, quick)))
    return figures
  } finally {
    await parley.stop()
    await relay.stop()
  }
}

async function latency(relayChats: Driver, parleyChats: Driver, quick: boolean): Promise<Figure[]> {
  const rounds = quick ? 1 : ROUNDS
  const seconds = quick ? 1 : 5
  const [bare = [], full = []] = await alternate(
    [relayChats, parleyChats],
    (d) => d.openLoop(seconds, 1_000),
    rounds,
  )
  const p50 = median(full.map((r) => r.p50))
  const relayP50 = median(bare.map((r) => r.p50))
  return [
    report('Relay, 1,000 msg/s, p50', relayP50, 'ms'),
    report('Parley, 1,000 msg/s, p50', p50, 'ms'),
    atMost('Parley, 1,000 msg/s, p99', median(full.map((r) => r.p99)), 10, 'ms'),
    atMost('Parley p50 over relay p50', p50 / relayP50, 3, 'ratio'),
  ]
}

async function overloaded(
  parley: Target,
  opened: OpenedChats,
  rate: number,
  quick: boolean,
): Promise<Figure[]> {
  const before = await lastNumbers(parley, opened)
  const { rss: rssBefore } = await parley.figures()
  const result = await overload(opened.chats, quick ? 2 : 30, 2 * rate)
  const { rss: rssAfter } = await parley.figures()
  const after = await lastNumbers(parley, opened)
  const kept = after.map((last, index) => last - (before[index] ?? 0))
  const lost = result.perChat.reduce((sum, sent, index) => sum + Math.abs(sent - (kept[index] ?? 0)), 0)
  return [
    report('Overload: offered', result.offered, 'messages'),
    report('Overload: told to retry later', result.turnedAway, 'times'),
    atMost(
      'Overload: still not accepted a minute and a half later',
      result.offered - result.accepted,
      0,
      'messages',
    ),
    atMost('Overload: p99 of what is accepted', result.acceptedP99, 500, 'ms'),
    atMost('Overload: growth of memory', (rssAfter - rssBefore) / 1_048_576, 64, 'MB'),
    atMost('Overload: acknowledged and not kept exactly once', lost, 0, 'messages'),
  ]
}

async function lastNumbers(parley: Target, { members, conversationIds }: OpenedChats): Promise<number[]> {
  return Promise.all(
    conversationIds.map(async (id, index) => {
      const path = `/api/conversations/${id}/messages?limit=1`
      const token = members[2 * index]?.accessToken
      const page = await callApi<{ changes: { data: { number: number } }[] }>(
        parley.base,
        'GET',
        path,
        undefined,
        token,
      )
      return page.changes.at(-1)?.data.number ?? 0
    }),
  )
}

export const throughput: Scenario = {
  name: 'throughput',
  run: ({ quick }) => compare(quick, null),
}

export const throughputOnMongodb: Scenario = {
  name: 'mongodb',
  async run({ quick, mongodb }) {
    if (mongodb !== null) return compare(quick, mongodb)
    const own = await startMongoReplicaSet()
    if (own === null) return []
    try {
      return await compare(quick, own.uri)
    } finally {
      await own.stop()
    }
  },
}
