import { somePlainPhrase } from '@parley/client/testing/phrases'
import { setTimeout as sleep } from 'node:timers/promises'
import { assemble, type Cast, dismiss, type Person, renew } from './cast.ts'
import { chanceFrom } from './chance.ts'
import { wipesAll } from './device.ts'
import { noFaults } from './faulty-network.ts'
import { returnIfSignedOut, step } from './history-steps.ts'
import { goneFor, historyFaults, owedFaults, strayFaults } from './invariants.ts'
import { backfill, differences, type Held, heldBy } from './local-state.ts'
import { heldByTwin } from './twin.ts'
import { pause, until } from './wait.ts'
import { write } from './write.ts'

/**
 * How a history comes to rest, and so what has to find a change that was lost on the way:
 * - `reconnect` every connection is cut, and catching up finds it (Y3)
 * - `touch` nothing is cut; one more change for every audience shows the hole by `prev` (Y2)
 * - `look` nothing is cut; the client's own look for lost changes finds it
 */
export type Ending = 'reconnect' | 'touch' | 'look'

export interface HistoryOptions {
  readonly base: string
  /** Histories live in one organisation one after another, because people are dear: each password is hashed and judged. */
  readonly seeds: readonly number[]
  readonly restartServer?: (() => Promise<void>) | undefined
  /** The address of a page that links may lead to. */
  readonly page: string | null
}

/** What a history came to; no message when all was well. */
export interface Outcome {
  readonly seed: number
  readonly message: string | null
}

const ENDINGS: readonly Ending[] = ['reconnect', 'touch', 'look']
/** Convergence takes well under a second; this is for a machine that is busy, and longer than a client waits between two tries. */
const PATIENCE = 45_000
/** What is compared may change while it is looked at, as when the server is restarted meanwhile. */
const ATTEMPTS = 4
const LONGEST = 150_000

/** Lives through seeded histories and compares what devices hold then. */
export async function* liveThrough({
  base,
  seeds,
  restartServer,
  page,
}: HistoryOptions): AsyncGenerator<Outcome> {
  let cast: Cast | null = null
  for (const seed of seeds) {
    const diary: string[] = []
    try {
      const chance = chanceFrom(seed)
      cast = cast ? await renew(cast, chance, seed) : await assemble(base, chance, seed, page)
      await within(LONGEST, live(cast, restartServer ?? null, diary), () => diary.at(-1) ?? '')
      yield { seed, message: null }
    } catch (error) {
      if (cast) await dismiss(cast)
      cast = null // what is broken must not break the next one
      yield { seed, message: [error instanceof Error ? error.message : String(error), ...diary].join('\n  ') }
    }
  }
  if (cast) await dismiss(cast)
}

async function within(limit: number, work: Promise<void>, where: () => string): Promise<void> {
  const done = new AbortController()
  const tooLong = sleep(limit, undefined, { signal: done.signal }).then(
    () => Promise.reject(new Error(`no end after ${limit / 1_000} s: ${where()}`)),
    () => {},
  )
  await Promise.race([work, tooLong]).finally(() => done.abort())
}

async function live(cast: Cast, restartServer: (() => Promise<void>) | null, diary: string[]): Promise<void> {
  const ending = cast.chance.pick(ENDINGS)
  diary.push(`ends by ${ending}`)
  for (const { device } of cast.people) {
    device.looksForLost = ending === 'look'
    if (device.looksForLost) device.network.cut() // the pace of looking is set when a connection begins
  }
  await doSteps(cast, ending, restartServer, diary)
  await comeToRest(cast, ending)
  await converge(cast, diary)
}

async function doSteps(
  cast: Cast,
  ending: Ending,
  restartServer: (() => Promise<void>) | null,
  diary: string[],
): Promise<void> {
  const { chance, people } = cast
  for (const { device } of people) {
    device.network.faults = {
      drop: chance.next() * 0.15,
      repeat: chance.next() * 0.2,
      delay: chance.next() * 0.4,
    }
    await until(
      () => device.client.members().size > 0,
      PATIENCE,
      () => 'the first load did not come',
    )
  }
  const length = 15 + chance.below(35)
  for (let done = 0; done < length; done += 1) {
    diary.push(await step(cast, { restartServer, mayDelete: ending !== 'touch' }))
    await pause(chance.below(20))
    for (const person of people) if (chance.happens(0.3)) await returnIfSignedOut(cast, person)
  }
}

/** The last things that happen are heard badly, so that there is something to find. */
async function stir(cast: Cast): Promise<void> {
  const { root, chance, people } = cast
  for (const { device } of people) device.network.faults = { ...noFaults, drop: 0.6 }
  await root.call('createInvite', { body: {} })
  await root.call('createDepartment', { body: { name: `Last ${chance.below(1_000_000)}` } })
  for (const { memberId, gone } of people) {
    const body = { name: `${somePlainPhrase(chance.next)} ${chance.below(1_000)}` }
    if (!gone) await root.call('changeMember', { params: { memberId }, body })
  }
  await writeEverywhere(cast)
  await pause(80)
}

async function comeToRest(cast: Cast, ending: Ending): Promise<void> {
  await stir(cast)
  for (const person of cast.people) {
    person.device.network.faults = noFaults
    person.device.network.up()
    if (ending !== 'touch' || !person.away || person.gone) continue
    await cast.root.call('reactivateMember', { params: { memberId: person.memberId } })
    person.away = false
  }
  await pause(100) // frames that were delayed arrive
  await rested(cast)
  if (ending === 'reconnect') for (const { device } of cast.people) device.network.cut()
  if (ending === 'touch') await touchEverything(cast)
}

/** Connected, signed in where that is allowed, nothing waiting. */
async function rested(cast: Cast): Promise<void> {
  for (const person of cast.people) {
    await until(
      () => isResting(cast, person),
      PATIENCE,
      () => `${person.name} does not come to rest: ${stateOf(person)}`,
    )
  }
}

function isResting(cast: Cast, person: Person): boolean {
  const { client } = person.device
  const { state } = client.session()
  if (person.away) return state === 'signed-out'
  if (state === 'signed-out' && !person.returning) {
    person.returning = returnIfSignedOut(cast, person).finally(() => {
      person.returning = null
    })
  }
  return state === 'signed-in' && client.connection() === 'live' && client.waiting() === 0
}

function stateOf({ device: { client } }: Person): string {
  return `${JSON.stringify(client.session())}, ${client.connection()}, ${client.waiting()} waiting`
}

async function touchEverything(cast: Cast): Promise<void> {
  const { root, people } = cast
  await root.call('createInvite', { body: {} })
  await root.call('changeOrganisation', { body: { name: 'At rest', address: 'Loopback 2' } })
  for (const { memberId, name, gone } of people) {
    if (!gone) await root.call('changeMember', { params: { memberId }, body: { name: `${name} at rest` } })
  }
  await pause(50)
  await writeEverywhere(cast)
}

async function writeEverywhere(cast: Cast): Promise<void> {
  for (const person of cast.people) {
    for (const { conversationId } of person.device.client.chats()) await write(cast, person, conversationId)
  }
}

async function converge(cast: Cast, diary: string[]): Promise<void> {
  const end = Date.now() + PATIENCE
  for (let attempt = 1; ; attempt += 1) {
    await rested(cast)
    const looks: Look[] = []
    for (const person of cast.people) looks.push(await lookAt(cast, person))
    goneFor(
      cast,
      looks.flatMap(({ held }) => held ?? []),
    )
    const faults = looks.flatMap((look) => faultsIn(cast, look))
    if (faults.length === 0) return
    diary.push(`not yet: ${faults.join()}`)
    if (Date.now() > end && attempt >= ATTEMPTS) throw new Error(faults.join('\n'))
    await pause(150)
  }
}

interface Look {
  readonly person: Person
  /** null where the person has no access. */
  readonly held: Held | null
  readonly fresh: Held | null
  readonly faults: readonly string[]
}

async function lookAt({ ledger }: Cast, person: Person): Promise<Look> {
  const { device, name } = person
  if (person.away) {
    const { records, windows, marks, outbox, calls, drafts, meta } = await device.store.readAll()
    // Whoever only heard that the session is over may come back for what they had written.
    const written = wipesAll(meta.signedOut) ? [...outbox, ...calls, ...drafts] : []
    const left = [...records, ...windows, ...marks, ...written]
    const faults = left.map(
      (one) => `${name} lost access, and the device still holds ${JSON.stringify(one)} (Y9)`,
    )
    return { person, held: null, fresh: null, faults }
  }
  person.failed.push(...(await putFailedAside(person)))
  await device.client.settled()
  await backfill(device.client)
  await device.client.settled()
  const held = await heldBy(device, ledger.conversationIds())
  const fresh = await heldByTwin(device, ledger.conversationIds())
  return { person, held, fresh, faults: [] }
}

function faultsIn({ ledger }: Cast, { person, held, fresh, faults }: Look): string[] {
  if (!held || !fresh) return [...faults]
  const own = [...historyFaults(held.state), ...owedFaults(person, held.state)]
  const strays = [
    ...strayFaults(ledger, person, held),
    ...strayFaults(ledger, person, fresh).map((fault) => `a fresh device: ${fault}`),
    ...ledger.marksBeyond(held.everything, fresh.everything).map((mark) => `keeps "${mark}" somewhere`),
  ]
  const all = [...differences(held.state, fresh.state), ...own, ...strays]
  return all.map((fault) => `${person.name}: ${fault}`)
}

/** Messages and deeds that were refused for good say so, and wait for the person; a fresh device knows nothing of them. */
async function putFailedAside({ device: { client, store } }: Person): Promise<string[]> {
  const failed = (await store.readAll()).outbox.filter(({ state }) => state === 'failed')
  for (const { id } of failed) await client.discard(id)
  for (const { key } of client.refused()) await client.forgetRefused(key)
  return failed.map(({ text }) => text)
}
