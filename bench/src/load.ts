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
export function createDriver(chats: readonly Chat[]) {
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
    return { received, answered: chat.send(id, TEXT) }
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
        all.push(Promise.all([received, answered]).then(([arrived]) => void latencies.push(arrived - at)))
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

/** Offers more than the server can take. Whoever is turned away tries again after the time the server names. */
export async function overload(
  chats: readonly Chat[],
  seconds: number,
  rate: number,
): Promise<OverloadResult> {
  const latencies: number[] = []
  const perChat = chats.map(() => 0)
  let turnedAway = 0
  const all: Promise<void>[] = []
  const begun = performance.now()
  const giveUp = begun + seconds * 1000 + 60_000
  const offer = async (chat: Chat, index: number) => {
    const id = messageId()
    while (performance.now() < giveUp) {
      const at = performance.now()
      const { accepted, retryAfter } = await chat.send(id, TEXT)
      if (accepted) {
        latencies.push(performance.now() - at)
        perChat[index] = (perChat[index] ?? 0) + 1
        return
      }
      turnedAway += 1
      await pause(retryAfter * (0.5 + Math.random()))
    }
  }
  let offered = 0
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate)
    for (; offered <= due; offered += 1) {
      const index = offered % chats.length
      const chat = chats[index]
      if (chat) all.push(offer(chat, index))
    }
    await pause(1)
  }
  await Promise.all(all)
  return {
    offered,
    accepted: latencies.length,
    turnedAway,
    acceptedP99: percentile(latencies, 0.99),
    perChat,
  }
}
