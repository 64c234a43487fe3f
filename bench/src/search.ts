import { PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { io } from 'socket.io-client'
import { messageId, openParleyChat } from './chats.ts'
import { createDriver, percentile } from './load.ts'
import { callApi, createMembers, openDirect, signInAgain, type BenchMember } from './parley-api.ts'
import { startParley, type Target } from './processes.ts'
import { atMost, report, type Figure, type Scenario } from './scenario.ts'
import { createTalk, type Talk } from './talk.ts'

const MEMBERS = 150
/** Chats of the person who searches, and of others among themselves. */
const OWN_CHATS = 100
const OTHER_CHATS = 200
/** Messages of one chat under way at once. */
const LANES = 2

/** Two people who talk, by their places among all. */
interface Pair {
  readonly from: number
  readonly to: number
  readonly id: string
}

interface Fixture {
  readonly target: Target
  /** The second of them searches. */
  people: readonly BenchMember[]
  readonly chats: readonly Pair[]
  readonly talk: Talk
}

const SEARCHER = 1

function member({ people }: Fixture, place: number): BenchMember {
  const found = people[place]
  if (!found) throw new Error('nobody there')
  return found
}

/** An organisation in which one person takes part in a third of what is said. */
async function prepare(target: Target): Promise<Fixture> {
  const people = await createMembers(target.base, MEMBERS)
  const fixture = { target, people, chats: [] as Pair[], talk: createTalk(20_261) }
  const others = MEMBERS - 2
  for (let index = 0; index < OWN_CHATS + OTHER_CHATS; index += 1) {
    const from = 2 + (index % others)
    const to = index < OWN_CHATS ? SEARCHER : 2 + ((index * 7 + 1 + Math.floor(index / others)) % others)
    if (from === to) continue
    const id = await openDirect(target.base, member(fixture, from), member(fixture, to))
    fixture.chats.push({ from, to, id })
  }
  return fixture
}

/** One sender's connection, made again when the server drops it: this program may be too slow to hear all that is said to it. */
function openSender(base: string, { accessToken }: BenchMember) {
  const auth = { token: accessToken, protocol: PROTOCOL_VERSION }
  const socket = io(base, { path: '/api/socket', transports: ['websocket'], auth, forceNew: true })
  const connected = async () => {
    if (!socket.connected) await new Promise<void>((resolve) => socket.connect().once('connect', resolve))
  }
  return {
    /** Resolves when it is durable, however often it has to be sent. */
    async send(conversationId: string, text: string): Promise<void> {
      const given = { id: messageId(), conversationId, text }
      for (;;) {
        await connected()
        const answer: unknown = await socket.emitWithAck('messages.send', given).catch(() => ({ error: {} }))
        if (!(answer as { error?: object }).error) return
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    close: () => socket.disconnect(),
  }
}

/** Messages that are said before everybody signs in again. */
const A_WHILE = 500_000

/** Says so many things, through the same door as everybody. */
async function grow(fixture: Fixture, total: number): Promise<void> {
  for (let said = 0; said < total; said += A_WHILE) {
    await sayFor(fixture, Math.min(A_WHILE, total - said))
    fixture.people = await signInAgain(fixture.target.base, MEMBERS)
  }
}

async function sayFor(fixture: Fixture, count: number): Promise<void> {
  const { target, chats, talk } = fixture
  const senders = new Map<number, ReturnType<typeof openSender>>()
  const senderOf = (place: number) => {
    const known = senders.get(place) ?? openSender(target.base, member(fixture, place))
    senders.set(place, known)
    return known
  }
  let left = count
  const lane = async ({ from, id }: Pair) => {
    while (left > 0) {
      left -= 1
      await senderOf(from).send(id, talk.next())
    }
  }
  await Promise.all(chats.flatMap((chat) => Array.from({ length: LANES }, () => lane(chat))))
  for (const sender of senders.values()) sender.close()
}

interface Found {
  readonly hits: readonly unknown[]
  readonly cursor: number | null
  readonly complete: boolean
}

/** @returns what was found, and in how many ms the whole answer was here */
async function ask(fixture: Fixture, body: object): Promise<{ found: Found; took: number }> {
  const begun = performance.now()
  const response = await fetch(`${fixture.target.base}/api/search`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${member(fixture, SEARCHER).accessToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`search: ${String(response.status)} ${await response.text()}`)
  const found = (await response.json()) as Found
  return { found, took: performance.now() - begun }
}

/** Seconds until everything said so far is found. */
async function caughtUp(fixture: Fixture): Promise<number> {
  const begun = performance.now()
  const [{ id, from } = { id: '', from: 0 }] = fixture.chats
  const mark = `zq${String(Date.now())}`
  const path = `/api/conversations/${id}/messages`
  const { accessToken } = member(fixture, from)
  await callApi(fixture.target.base, 'POST', path, { id: messageId(), text: mark }, accessToken)
  for (;;) {
    const { found } = await ask(fixture, { words: mark })
    if (found.hits.length > 0) return (performance.now() - begun) / 1000
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What is searched for, by kind; each question another word. */
function questions(fixture: Fixture): Readonly<Record<string, () => object>> {
  const { words, characters } = fixture.talk
  const { chats } = fixture
  let turn = 0
  const one = (of: readonly string[], from: number, to: number) => {
    turn += 1
    return of[from + ((turn * 7_919) % (to - from))] ?? ''
  }
  return {
    'common words': () => ({ words: one(words, 18, 60) }),
    'rare words': () => ({ words: one(words, 10_000, 30_000) }),
    'words that nobody said': () => ({ words: `${one(words, 100, 900)}x${one(words, 100, 900)}` }),
    'two letters': () => ({ words: one(words, 100, 5_000).slice(0, 2) }),
    'one Chinese character': () => ({ words: one(characters, 0, 2_000) }),
    'two Chinese characters': () => ({ words: one(characters, 0, 60) + one(characters, 0, 60) }),
    'several words': () => ({ words: `${one(words, 18, 200)} ${one(words, 0, 60)}` }),
    'in one chat': () => ({ words: one(words, 18, 2_000), in: [chats[turn % OWN_CHATS]?.id] }),
    'from one person': () => ({
      words: one(words, 0, 200),
      from: [member(fixture, chats[turn % OWN_CHATS]?.from ?? 0).memberId],
    }),
  }
}

const RATE = 500
/** Chats in which that is written. */
const WRITING = 24

/** Searches one after the other while others write, kind by kind in turn, so that a noisy moment hits all. */
async function measure(fixture: Fixture, size: string, rounds: number, bar: number): Promise<Figure[]> {
  const pairs = fixture.chats
    .slice(0, WRITING)
    .map(({ from, to, id }) => ({ from: member(fixture, from), to: member(fixture, to), conversationId: id }))
  const writing = await Promise.all(pairs.map((pair) => openParleyChat(fixture.target.base, pair)))
  const driver = createDriver(writing, () => fixture.talk.next())
  const asked = Object.entries(questions(fixture))
  for (const [, question] of asked) await ask(fixture, question())
  const times = new Map<string, number[]>(asked.map(([name]) => [name, []]))
  const state = { searching: true }
  const latencies: number[] = []
  const load = (async () => {
    while (state.searching) latencies.push((await driver.openLoop(2, RATE)).p99)
  })()
  await fixture.target.figures()
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, question] of asked) times.get(name)?.push((await ask(fixture, question())).took)
  }
  state.searching = false
  await load
  const { delayP99 } = await fixture.target.figures()
  for (const chat of writing) chat.close()
  const all = [...times.values()].flat()
  return [
    ...[...times].map(([name, took]) => report(`${size}: ${name}, p95`, percentile(took, 0.95), 'ms')),
    report(`${size}: all together, p50`, percentile(all, 0.5), 'ms'),
    atMost(
      `${size}: all together, p95, while 500 messages a second are written`,
      percentile(all, 0.95),
      bar,
      'ms',
    ),
    report(`${size}: a message meanwhile, p99, median of windows`, percentile(latencies, 0.5), 'ms'),
    report(`${size}: event loop delay meanwhile, p99`, delayP99, 'ms'),
  ]
}

async function searchAt(sizes: readonly { name: string; total: number; bar: number }[], rounds: number) {
  const target = await startParley()
  try {
    const fixture = await prepare(target)
    const figures: Figure[] = []
    let said = 0
    for (const { name, total, bar } of sizes) {
      const begun = performance.now()
      await grow(fixture, total - said)
      const sent = (performance.now() - begun) / 1000
      figures.push(report(`${name}: sent at`, (total - said) / sent, 'msg/s'))
      figures.push(report(`${name}: found after the last was sent`, await caughtUp(fixture), 's'))
      said = total
      figures.push(...(await measure(fixture, name, rounds, bar)))
    }
    return figures
  } finally {
    await target.stop()
  }
}

const million = { name: '1,000,000 messages', total: 1_000_000, bar: 50 }

export const search: Scenario = {
  name: 'search',
  run: ({ quick }) =>
    quick ? searchAt([{ name: '20,000 messages', total: 20_000, bar: 50 }], 20) : searchAt([million], 60),
}

/** Takes long to prepare: only when it is asked for by its name. */
export const searchLarge: Scenario = {
  name: 'search-large',
  optional: true,
  run: ({ quick }) =>
    quick
      ? searchAt([{ name: '50,000 messages', total: 50_000, bar: 200 }], 20)
      : searchAt([million, { name: '5,000,000 messages', total: 5_000_000, bar: 200 }], 60),
}
