import {
  type Connection,
  type ConnectionHandlers,
  type ConnectOptions,
  type HttpAnswer,
  type HttpRequest,
  type Transport,
  Unreachable,
} from '@parley/client/transport/transport'
import { type Chance } from './chance.ts'
import { pause } from './wait.ts'

/** How likely each mishap is, for one frame or one call. */
export interface Faults {
  readonly drop: number
  readonly repeat: number
  readonly delay: number
}

export const noFaults: Faults = { drop: 0, repeat: 0, delay: 0 }

/** Long enough for later frames to overtake. */
const DELAY_MAX = 60
/** What nobody waits 15 s for in a test. */
const PATIENCE = 1_500

/** A network between client and server that loses, repeats, delays and so reorders, and can be cut. */
export class FaultyNetwork implements Transport {
  faults: Faults = noFaults
  readonly #inner: Transport
  readonly #chance: Chance
  readonly #open = new Set<() => void>()
  #down = false

  constructor(inner: Transport, chance: Chance) {
    this.#inner = inner
    this.#chance = chance
  }

  /** No network at all, until `up`. */
  down(): void {
    this.#down = true
    this.cut()
  }

  up(): void {
    this.#down = false
  }

  /** Ends every connection, as a router that forgets does. */
  cut(): void {
    for (const end of [...this.#open]) end()
  }

  async http(request: HttpRequest): Promise<HttpAnswer> {
    this.#refuseWhenDown()
    // An answer to a refresh that gets lost ends the session by design (A1: rotation), so the network spares it.
    const faulty = !request.path.endsWith('/sessions/refresh')
    await this.#delay()
    if (faulty && this.#chance.happens(this.faults.drop / 2)) throw new Unreachable('lost on the way there')
    this.#refuseWhenDown()
    const answer = await this.#inner.http(request)
    await this.#delay()
    if (faulty && this.#chance.happens(this.faults.drop / 2)) throw new Unreachable('lost on the way back')
    if (faulty) this.#refuseWhenDown()
    return answer
  }

  connect(options: ConnectOptions, handlers: ConnectionHandlers): Connection {
    if (this.#down) {
      const timer = setTimeout(() => handlers.refused(null), 5)
      return {
        request: () => Promise.reject(new Unreachable('no network')),
        emit: () => {},
        close: () => clearTimeout(timer),
      }
    }
    return this.#connected(options, handlers)
  }

  #connected(options: ConnectOptions, handlers: ConnectionHandlers): Connection {
    let over = false
    const finish = (tell: () => void) => {
      if (over) return
      over = true
      this.#open.delete(cut)
      tell()
    }
    const inner = this.#inner.connect(options, {
      opened: () => handlers.opened(),
      refused: (error) => finish(() => handlers.refused(error)),
      closed: () => finish(() => handlers.closed()),
      signal: (name, payload) => {
        for (const late of this.#arrivals()) {
          const deliver = () => {
            if (!over) handlers.signal(name, structuredClone(payload))
          }
          if (late === 0) deliver()
          else setTimeout(deliver, late)
        }
      },
    })
    const cut = () => {
      finish(() => {
        inner.close()
        handlers.closed()
      })
    }
    this.#open.add(cut)
    return {
      request: (event, payload, timeout) => this.#request(inner, event, payload, Math.min(timeout, PATIENCE)),
      emit: (event, payload) => {
        if (!this.#chance.happens(this.faults.drop)) inner.emit(event, payload)
      },
      close: () => finish(() => inner.close()),
    }
  }

  async #request(inner: Connection, event: string, payload: unknown, timeout: number): Promise<unknown> {
    await this.#delay()
    if (this.#chance.happens(this.faults.drop / 2)) {
      await pause(this.#chance.below(DELAY_MAX))
      throw new Unreachable('lost on the way there')
    }
    const twice = this.#chance.happens(this.faults.repeat)
    const answers = [
      inner.request(event, payload, timeout),
      ...(twice ? [inner.request(event, payload, timeout)] : []),
    ]
    const [answer] = await Promise.all(answers)
    await this.#delay()
    if (this.#chance.happens(this.faults.drop / 2)) throw new Unreachable('lost on the way back')
    return answer
  }

  /** When each copy of a frame arrives: none, one or two, now or later. */
  #arrivals(): number[] {
    if (this.#chance.happens(this.faults.drop)) return []
    const copies = this.#chance.happens(this.faults.repeat) ? 2 : 1
    return Array.from({ length: copies }, () => this.#lateness())
  }

  #lateness(): number {
    return this.#chance.happens(this.faults.delay) ? 1 + this.#chance.below(DELAY_MAX) : 0
  }

  async #delay(): Promise<void> {
    const late = this.#lateness()
    if (late > 0) await pause(late)
  }

  #refuseWhenDown(): void {
    if (this.#down) throw new Unreachable('no network')
  }
}
