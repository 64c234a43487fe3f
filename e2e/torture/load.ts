import { randomBytes } from 'node:crypto'
import type { Topic } from '@parley/client/client-api'
import type { HttpAnswer, HttpRequest, Transport } from '@parley/client/transport/transport'
import type { SignedInResult } from '@parley/contracts/sessions/session'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { pause } from './wait.ts'
import type { Device } from './device.ts'

/** A message that the server has confirmed: what it may never lose again. */
export interface Confirmed {
  readonly id: string
  readonly conversationId: string
  readonly number: number
  readonly text: string
}

interface AckedChange {
  readonly change?: { readonly data: Confirmed | null }
}

/** Notes every acknowledgement of a message that passes by. */
export function noting(inner: Transport, confirmed: Confirmed[]): Transport {
  return {
    http: (request: HttpRequest): Promise<HttpAnswer> => inner.http(request),
    connect(options, handlers) {
      const connection = inner.connect(options, handlers)
      return {
        ...connection,
        async request(event, payload, timeout) {
          const ack = await connection.request(event, payload, timeout)
          const { change } = ack as AckedChange
          if (event === 'messages.send' && change?.data) confirmed.push(change.data)
          return ack
        },
      }
    },
  }
}

/** Watches what a screen would show, at every change: numbers must follow each other, or the person sees a gap. */
export function watchForGaps({ client }: Device, conversationId: string, gaps: string[]): () => void {
  const topic: Topic = `conversation:${conversationId}`
  return client.subscribe(topic, () => {
    const numbers = (client.conversation(conversationId)?.messages ?? [])
      .map(({ number }) => number)
      .filter((number) => number !== null)
    const broken = numbers.findIndex((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1)
    if (broken !== -1) gaps.push(`a screen showed ${numbers[broken - 1]} and then ${numbers[broken]}`)
  })
}

/** A UUIDv7 made of the time and random bits. */
export function newMessageId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}

/** A program that sends over HTTP, several at once, and never asks twice. */
export class Sender {
  readonly confirmed: Confirmed[] = []
  /** Every id that was tried: it may be there once, or not at all. */
  readonly tried = new Set<string>()
  #running = true

  constructor(base: string, session: SignedInResult, conversationId: string, atOnce: number) {
    const url = `${base}/api/conversations/${conversationId}/messages`
    const headers = {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      'content-type': 'application/json',
      authorization: `Bearer ${session.tokens?.accessToken ?? ''}`,
    }
    for (let lane = 0; lane < atOnce; lane += 1) void this.#lane(url, headers)
  }

  stop(): void {
    this.#running = false
  }

  async #lane(url: string, headers: Record<string, string>): Promise<void> {
    while (this.#running) {
      const id = newMessageId()
      this.tried.add(id)
      const body = JSON.stringify({ id, text: `lane ${id}` })
      try {
        const response = await fetch(url, { method: 'POST', headers, body })
        if (response.ok) this.confirmed.push((await response.json()) as Confirmed)
        else await pause(20)
      } catch {
        await pause(20)
      }
    }
  }
}
