import { messageId, type Chat } from './chats.ts'

const TEXT = 'The coach leaves at 06:15 from door B, please be there ten minutes early.'

export interface WindowResult {
  /** Messages that reached the other person, per second. */
  readonly perSecond: number
  /** Milliseconds from sending to receiving. */
  readonly p50: number
  readonly p99: number
}

/** @param share between 0 and 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

const pause = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)))

/** Drives chats and times what comes out at the other end. Attach once; then run any number of windows. */
export function createDriver(chats: readonly Chat[], text: () => string = () => TEXT) {
  const waiting = new Map<string, (at: number) => void>()
  for (const chat of chats) {
    chat.onReceived((id) => {
      const settle = waiting.get(id)
      waiting.delete(id)
      settle?.(performance.now())
    })
  }
  const deliver = (chat: Chat, id: string) => {
    const received = new Promise<number>((resolve) => waiting.set(id, resolve))
    return { received, answered: chat.send(id, text()) }
  }

  /** One message in flight in each chat: the next leaves when the last was answered and received. */
  async function closedLoop(seconds: number): Promise<WindowResult> {
    const latencies: number[] = []
    const begun = performance.now()
    const end = begun + seconds * 1000
    const drive = async (chat: Chat) => {
      while (performance.now() < end) {
        const sent = performance.now()
        const { received, answered } = deliver(chat, messageId())
        const { accepted, retryAfter } = await answered
        if (accepted) latencies.push((await received) - sent)
        else await pause(retryAfter)
      }
    }
    await Promise.all(chats.map(drive))
    const perSecond = (latencies.length / (performance.now() - begun)) * 1000
    return { perSecond, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
  }

  /** A fixed number of messages a second over all chats, whatever the server makes of it. */
  async function openLoop(seconds: number, rate: number): Promise<WindowResult> {
    const latencies: number[] = []
    const all: Promise<void>[] = []
    const begun = performance.now()
    for (let sent = 0; sent < seconds * rate;) {
      const due = Math.floor(((performance.now() - begun) / 1000) * rate)
      for (; sent <= due && sent < seconds * rate; sent += 1) {
        const chat = chats[sent % chats.length]
        if (!chat) break
        const at = performance.now()
        const { received, answered } = deliver(chat, messageId())
        // what is turned away arrives nowhere
        all.push(
          answered.then(async ({ accepted }) => {
            if (accepted) latencies.push((await received) - at)
          }),
        )
      }
      await pause(1)
    }
    await Promise.all(all)
    const perSecond = (latencies.length / (performance.now() - begun)) * 1000
    return { perSecond, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
  }

  return { closedLoop, openLoop }
}

export interface OverloadResult {
  readonly offered: number
  readonly accepted: number
  readonly turnedAway: number
  /** Milliseconds from the accepted attempt to its acknowledgement. */
  readonly acceptedP99: number
  /** Acknowledged messages per chat, in order of the chats given. */
  readonly perChat: readonly number[]
}

/** Messages of one outbox under way at once: far more than a person's, so that all together ask for more than is let in. */
const WINDOW = 32

/**
 * Offers more than the server can take. Every chat has an outbox, as clients do: what is written waits there, and whoever is turned
 * away sends nothing until the time that the server named has passed.
 */
export async function overload(
  chats: readonly Chat[],
  seconds: number,
  rate: number,
): Promise<OverloadResult> {
  const outboxes = chats.map(createOutbox)
  const begun = performance.now()
  let offered = 0
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate)
    for (; offered <= due; offered += 1) outboxes[offered % outboxes.length]?.write(messageId())
    await pause(1)
  }
  const giveUp = performance.now() + 90_000
  while (outboxes.some((outbox) => outbox.waiting() > 0) && performance.now() < giveUp) await pause(20)
  const latencies = outboxes.flatMap((outbox) => outbox.latencies)
  const perChat = outboxes.map((outbox) => outbox.latencies.length)
  return {
    offered,
    accepted: latencies.length,
    turnedAway: outboxes.reduce((sum, outbox) => sum + outbox.turnedAway(), 0),
    acceptedP99: percentile(latencies, 0.99),
    perChat,
  }
}

function createOutbox(chat: Chat) {
  const latencies: number[] = []
  const queued: string[] = []
  let underWay = 0
  let turnedAway = 0
  let resting = false
  const send = async (id: string) => {
    underWay += 1
    const at = performance.now()
    const { accepted, retryAfter } = await chat.send(id, TEXT)
    underWay -= 1
    if (accepted) {
      latencies.push(performance.now() - at)
    } else {
      turnedAway += 1
      queued.push(id)
      await rest(retryAfter)
    }
    pump()
  }
  const rest = async (milliseconds: number) => {
    if (resting) return
    resting = true
    await pause(milliseconds)
    resting = false
  }
  const pump = () => {
    if (resting || underWay >= WINDOW) return
    const next = queued.slice(0, WINDOW - underWay)
    queued.splice(0, next.length)
    for (const id of next) void send(id)
  }
  return {
    latencies,
    write(id: string) {
      queued.push(id)
      pump()
    },
    turnedAway: () => turnedAway,
    waiting: () => queued.length + underWay,
  }
}
