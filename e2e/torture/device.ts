import type { ManagedClient } from '@parley/client/client'
import type { SignedOutReason } from '@parley/client/client-api'
import { createParleyClient } from '@parley/client/create-parley-client'
import type { LocalStore } from '@parley/client/local-store/local-store'
import type { Carrying, CarryGiven } from '@parley/client/files/file-ports'
import { memoryPlace } from '@parley/client/files/memory-place'
import { memoryStore } from '@parley/client/local-store/memory-store'
import { nodePlatform } from '@parley/client/node-platform'
import type { Platform } from '@parley/client/platform/platform'
import { httpOver } from '@parley/client/transport/http-transport'
import { callFailed, failureIn, unreachable } from '@parley/client/transport/route-call'
import { socketOver } from '@parley/client/transport/socket-transport'
import type { Transport } from '@parley/client/transport/transport'
import type { SignedInResult } from '@parley/contracts/sessions/session'
import type { Chance } from './chance.ts'
import { FaultyNetwork } from './faulty-network.ts'

/** Waits shorter than this are part of how screens feel; longer ones are back-off and patience. */
const FEEL = 500
/** From here on it is the look for lost changes. */
const LOOKS = 60_000
/** Exchanging tokens must keep its pace: a device and its fresh twin hold the same ones. */
const TOKENS = 400_000

/** Node, in a hurry: back-off an eighth as long, the look for lost changes every half second if at all. */
function hurriedPlatform(chance: Chance, looksForLost: () => boolean, clockIsOff: number): Platform {
  const platform = nodePlatform()
  const { timers } = platform
  const hurried = (milliseconds: number) => {
    if (milliseconds < FEEL || milliseconds > TOKENS) return milliseconds
    if (milliseconds < LOOKS) return milliseconds / 8
    return looksForLost() ? milliseconds / 600 : milliseconds
  }
  return {
    ...platform,
    random: () => chance.next(),
    timers: {
      ...timers,
      now: () => timers.now() + clockIsOff,
      set: (run, milliseconds) => timers.set(run, hurried(milliseconds)),
    },
  }
}

/** What a device writes after its battery is gone is not kept. */
function mortal(store: LocalStore, alive: () => boolean): LocalStore {
  return { ...store, write: async (batch) => (alive() ? store.write(batch) : undefined) }
}

/** Carries a small file in one piece, by tus, over a network that may lose it. */
function carryOver(network: Transport, { path, bytes, headers, onProgress }: CarryGiven): Carrying {
  const send = async () => {
    const body = new Uint8Array(await bytes.arrayBuffer())
    const type = { 'content-type': 'application/offset+octet-stream' }
    const tus = { ...type, 'tus-resumable': '1.0.0', 'upload-offset': '0' }
    const request = { method: 'PATCH', path, headers: { ...headers, ...tus }, body }
    const answer = await network.http(request).catch(() => Promise.reject(unreachable()))
    const refusal = failureIn(answer.body)
    // it is there already, and the answer was lost
    if (answer.status >= 300 && answer.status !== 409) throw refusal ? callFailed(refusal) : unreachable()
    onProgress(bytes.size)
  }
  return { done: send(), stop: () => {} }
}

/** After these ends of a session the device owes nobody what was written on it. */
export const wipesAll = (reason: SignedOutReason | null): boolean =>
  reason === 'signed-out' || reason === 'deactivated' || reason === 'deleted'

export interface DeviceOptions {
  /** Looks at what passes between network and server. */
  readonly wrap?: (transport: Transport) => Transport
  /** By how many milliseconds the device's clock is ahead of the server's. */
  readonly clockIsOff?: number
}

/** One person's device: a store that outlives the program, a network of its own, and the program. */
export class Device {
  /** Asks for lost changes every half second from the next connection on, and not every five minutes. */
  looksForLost = false
  /** The session has ended and taken what was written with it. */
  whenWiped: () => void = () => {}
  readonly network: FaultyNetwork
  readonly store: LocalStore = memoryStore()
  readonly #files = memoryPlace({ carry: (given) => carryOver(this.network, given) })
  client: ManagedClient
  readonly #base: string
  readonly #chance: Chance
  readonly #clockIsOff: number
  #life = { alive: true }
  #written = Date.now()

  private constructor(base: string, chance: Chance, options: DeviceOptions) {
    this.#base = base
    this.#chance = chance
    this.#clockIsOff = options.clockIsOff ?? 0
    const inner = { http: httpOver(nodePlatform().fetch, base, false), connect: socketOver(base, false) }
    this.network = new FaultyNetwork(options.wrap?.(inner) ?? inner, chance.fork())
    this.client = this.#program()
  }

  static async signedIn(
    base: string,
    chance: Chance,
    session: SignedInResult,
    options: DeviceOptions = {},
  ): Promise<Device> {
    const device = new Device(base, chance, options)
    await device.client.start()
    await device.client.adoptSession(session)
    return device
  }

  /** An empty device of the same person, with the same tokens. */
  async twin(): Promise<Device> {
    const { session } = await this.store.readMeta()
    if (!session?.tokens) throw new Error('nobody is signed in')
    const { tokens, refreshAt: accessTokenExpiresAt, ...who } = session
    return Device.signedIn(this.#base, this.#chance.fork(), {
      ...who,
      tokens: { ...tokens, accessTokenExpiresAt },
    })
  }

  /** Counts what is written here, so that no two texts are the same. */
  nextNumber(): number {
    this.#written += 1
    return this.#written
  }

  /** Closes the program properly and opens it again. */
  async restart(): Promise<void> {
    await this.client.stop()
    await this.#begin()
  }

  /** The program dies in the middle of whatever it does, and is opened again. */
  async crash(): Promise<void> {
    this.#life.alive = false
    const dead = this.client
    this.network.cut()
    await this.#begin()
    await dead.stop()
  }

  async close(): Promise<void> {
    await this.client.stop()
  }

  async #begin(): Promise<void> {
    this.#life = { alive: true }
    this.client = this.#program()
    await this.client.start()
  }

  #program(): ManagedClient {
    const life = this.#life
    const client = createParleyClient({
      baseUrl: this.#base,
      credentials: 'token',
      platform: hurriedPlatform(this.#chance.fork(), () => this.looksForLost, this.#clockIsOff),
      openStore: async () => mortal(this.store, () => life.alive),
      transport: this.network,
      files: this.#files,
    })
    client.subscribe('session', () => {
      const session = client.session()
      if (life.alive && session.state === 'signed-out' && wipesAll(session.reason)) this.whenWiped()
    })
    return client
  }
}
