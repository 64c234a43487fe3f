import type { SignedInResult } from '@parley/contracts/sessions/session'
import type { Chance } from './chance.ts'
import { Device } from './device.ts'
import { Caller, join, signUp } from './installation.ts'
import { historiesIn, historyFaults } from './invariants.ts'
import { type Confirmed, noting, Sender, watchForGaps } from './load.ts'
import { backfill, differences, heldBy } from './local-state.ts'
import { heldByTwin } from './twin.ts'
import { pause, until } from './wait.ts'

/** People and programs that write without end to a server that dies now and then. */
export interface Load {
  resume(): void
  /** Stops writing and waits until everything written has been sent. */
  rest(): Promise<void>
  /** What is broken; call at rest. */
  faults(): Promise<string[]>
  confirmed(): readonly Confirmed[]
  written(): number
  end(): Promise<void>
}

interface Writer {
  readonly device: Device
  readonly confirmed: Confirmed[]
  readonly conversationIds: readonly string[]
  readonly written: { readonly conversationId: string; readonly text: string }[]
}

/** Waiting messages per device; more would only make the rest longer. */
const WAITING_MAX = 15
const PATIENCE = 40_000

export async function beginLoad(base: string, chance: Chance): Promise<Load> {
  const people = await peopleOf(base)
  const conversations = await chatsOf(base, people)
  const gaps: string[] = []
  const writers = await writersOf(base, people, conversations, chance, gaps)
  const [ana, ben, conversation] = [people[0], people[1], conversations[0]]
  if (!ana || !ben || !conversation) throw new Error('nobody to write')
  let writing = false
  let ended = false
  let senders: Sender[] = []
  const pastSenders: Sender[] = []
  const loops = writers.map(async (writer) => {
    while (!ended) {
      if (writing && writer.device.client.waiting() < WAITING_MAX) await writeOne(writer, chance)
      await pause(2)
    }
  })
  return {
    resume() {
      if (writing) return
      writing = true
      senders = [ana, ben].map((person) => new Sender(base, person, conversation.id, 4))
    },
    async rest() {
      writing = false
      for (const sender of senders) sender.stop()
      pastSenders.push(...senders)
      senders = []
      await pause(200)
      for (const { device } of writers) {
        const { client } = device
        const isResting = () => client.connection() === 'live' && client.waiting() === 0
        await until(
          isResting,
          PATIENCE,
          () => `a client does not rest: ${client.connection()}, ${client.waiting()}`,
        )
      }
    },
    async faults() {
      const found: string[] = []
      for (const writer of writers) found.push(...(await lastingFaultsOf(writer, pastSenders)))
      return [...gaps, ...found]
    },
    confirmed: () => [
      ...writers.flatMap(({ confirmed }) => confirmed),
      ...[...pastSenders, ...senders].flatMap(({ confirmed }) => confirmed),
    ],
    written: () => writers.reduce((sum, { written }) => sum + written.length, 0),
    async end() {
      ended = true
      for (const sender of senders) sender.stop()
      await Promise.all(loops)
      for (const { device } of writers) await device.close()
    },
  }
}

async function peopleOf(base: string): Promise<SignedInResult[]> {
  const admin = await signUp(base, 'Durability')
  const root = new Caller(base).as(admin)
  const people = [admin]
  for (const name of ['ben', 'cleo', 'dora']) {
    people.push(await join(base, root, { name, email: `${name}@torture.example`, role: 'member' }))
  }
  return people
}

interface Chat {
  readonly id: string
  readonly memberIds: readonly string[]
}

/** Everybody with everybody. */
async function chatsOf(base: string, people: readonly SignedInResult[]): Promise<Chat[]> {
  const chats: Chat[] = []
  for (const [index, person] of people.entries()) {
    for (const other of people.slice(index + 1)) {
      const body = { memberId: other.memberId }
      chats.push(await new Caller(base).as(person).call('startDirectConversation', { body }))
    }
  }
  return chats
}

async function writersOf(
  base: string,
  people: readonly SignedInResult[],
  chats: readonly Chat[],
  chance: Chance,
  gaps: string[],
): Promise<Writer[]> {
  const writers: Writer[] = []
  for (const person of people) {
    const confirmed: Confirmed[] = []
    const device = await Device.signedIn(base, chance.fork(), person, {
      wrap: (inner) => noting(inner, confirmed),
    })
    await until(
      () => device.client.connection() === 'live',
      PATIENCE,
      () => 'a client does not come up',
    )
    const own = chats.filter(({ memberIds }) => memberIds.includes(person.memberId)).map(({ id }) => id)
    for (const id of own) watchForGaps(device, id, gaps)
    writers.push({ device, confirmed, conversationIds: own, written: [] })
  }
  return writers
}

async function writeOne({ device, conversationIds, written }: Writer, chance: Chance): Promise<void> {
  const conversationId = chance.pick(conversationIds)
  const text = `device ${device.nextNumber()}`
  written.push({ conversationId, text })
  await device.client.send(conversationId, text)
  const { lastNumber = 0 } = device.client.conversation(conversationId) ?? {}
  device.client.markSeen(conversationId, lastNumber)
}

/** What is compared goes on for a moment: marks of messages that have just arrived are on their way. */
async function lastingFaultsOf(writer: Writer, senders: readonly Sender[]): Promise<string[]> {
  for (const end = Date.now() + PATIENCE / 4; ;) {
    const faults = await faultsOf(writer, senders)
    if (faults.length === 0 || Date.now() > end) return faults
    await pause(200)
  }
}

async function faultsOf(writer: Writer, senders: readonly Sender[]): Promise<string[]> {
  const { device, confirmed, written } = writer
  await device.client.settled()
  await backfill(device.client)
  const held = await heldBy(device)
  const memberId = device.client.me()?.id ?? ''
  const { state: freshState } = await heldByTwin(device)
  const faults = [...differences(held.state, freshState), ...historyFaults(freshState)]
  const histories = historiesIn(freshState)
  const known = [...confirmed, ...senders.flatMap((sender) => sender.confirmed)]
  for (const { id, conversationId, number, text } of known) {
    const history = histories.get(conversationId)
    if (!history) continue // of two others
    const there = history.filter((message) => message.id === id)
    const [only] = there
    if (there.length !== 1 || only?.number !== number || only.text !== text) {
      faults.push(`confirmed as ${number} of ${conversationId}, but found ${JSON.stringify(there)}: ${text}`)
    }
  }
  for (const { conversationId, text } of written) {
    const times = histories
      .get(conversationId)
      ?.filter((one) => one.senderId === memberId && one.text === text).length
    if (times !== 1) faults.push(`"${text}" was written once and is there ${times ?? 0} times`)
  }
  return faults
}
