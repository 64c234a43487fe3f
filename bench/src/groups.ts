import { PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import type { Socket } from 'socket.io-client'
import { connect, messageId } from './chats.ts'
import { percentile } from './load.ts'
import { callApi, createMembers, type BenchMember } from './parley-api.ts'
import { startParley } from './processes.ts'
import { atMost, report, type Figure, type Scenario } from './scenario.ts'

/** A crowd's marks come in their own time, as clients send them: 0.5 to 1.5 seconds after what they are about. */
const MARKS_AFTER = 1_000
const TEXT = 'The coach leaves at 06:15 from door B, please be there ten minutes early.'

interface WireChange {
  readonly kind: string
  readonly id: string
  readonly seq: number
  readonly data: { readonly number?: number } | null
}

/** One participant's device: it counts what it hears and says how far it is. */
interface Ears {
  readonly socket: Socket
  stop(): void
}

/** How long each message took to the last of all. */
class Arrivals {
  readonly latencies: number[] = []
  readonly #waiting = new Map<string, { readonly sentAt: number; left: number }>()
  readonly #expected: number

  constructor(expected: number) {
    this.#expected = expected
  }

  sent(id: string): void {
    this.#waiting.set(id, { sentAt: performance.now(), left: this.#expected })
  }

  heard(id: string): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    waiting.left -= 1
    if (waiting.left > 0) return
    this.latencies.push(performance.now() - waiting.sentAt)
    this.#waiting.delete(id)
  }

  get missing(): number {
    return this.#waiting.size
  }
}

async function listen(
  base: string,
  member: BenchMember,
  conversationId: string,
  arrivals: Arrivals,
): Promise<Ears> {
  const socket = await connect(base, { token: member.accessToken, protocol: PROTOCOL_VERSION })
  await socket.emitWithAck('sync.subscribe', {})
  let newest = 0
  let timer: NodeJS.Timeout | null = null
  const tell = () => {
    timer = null
    const marks = [{ conversationId, delivered: newest, seen: newest }]
    socket.emit('marks.raise', { marks }, () => undefined)
  }
  socket.on('changes', (changes: WireChange[]) => {
    for (const { kind, id, data } of changes) {
      if (kind !== 'message') continue
      arrivals.heard(id)
      newest = Math.max(newest, data?.number ?? 0)
      timer ??= setTimeout(tell, MARKS_AFTER * (0.5 + Math.random()))
    }
  })
  return {
    socket,
    stop() {
      if (timer) clearTimeout(timer)
      socket.close()
    },
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface Measured {
  readonly lastP99: number
  readonly delayP99: number
  readonly missing: number
  /**
   * Positions taken in the feed for each message, everybody's own marks included. Rows are fewer: of marks one for each member is kept, however
   * often they rise (the tests of reach count them).
   */
  readonly seqsPerMessage: number
  readonly sent: number
}

/** A group of this size in which a steady talk goes on, everybody listening and saying how far they are. */
async function talkIn(size: number, seconds: number, rate: number): Promise<Measured> {
  const parley = await startParley({})
  try {
    const members = await createMembers(parley.base, size)
    const [admin] = members
    if (!admin) throw new Error('nobody is there')
    const body = { name: 'Everybody', memberIds: members.slice(1).map(({ memberId }) => memberId) }
    const group = await callApi<{ id: string }>(parley.base, 'POST', '/api/groups', body, admin.accessToken)
    // who sends hears of it by the acknowledgement
    const arrivals = new Arrivals(size - 1)
    const ears: Ears[] = []
    for (let at = 0; at < size; at += 25) {
      const some = members.slice(at, at + 25)
      ears.push(...(await Promise.all(some.map((one) => listen(parley.base, one, group.id, arrivals)))))
    }
    const head = async () =>
      (await callApi<{ cursor: number }>(parley.base, 'GET', '/api/sync/load', undefined, admin.accessToken))
        .cursor
    await pause(2_000)
    await parley.figures()
    const before = await head()
    const count = seconds * rate
    const begun = performance.now()
    for (let sent = 0; sent < count;) {
      const due = Math.min(count, Math.floor(((performance.now() - begun) / 1000) * rate) + 1)
      for (; sent < due; sent += 1) {
        const id = messageId()
        arrivals.sent(id)
        const from = ears[sent % ears.length]
        void from?.socket.emitWithAck('messages.send', { id, conversationId: group.id, text: TEXT })
      }
      await pause(5)
    }
    await pause(3_000)
    const { delayP99 } = await parley.figures()
    const seqsPerMessage = ((await head()) - before) / count
    for (const ear of ears) ear.stop()
    const lastP99 = percentile(arrivals.latencies, 0.99)
    return { lastP99, delayP99, missing: arrivals.missing, seqsPerMessage, sent: count }
  } finally {
    await parley.stop()
  }
}

export const groups: Scenario = {
  name: 'groups',
  async run({ quick }): Promise<Figure[]> {
    const [size, seconds] = quick ? [40, 3] : [500, 60]
    const { lastP99, delayP99, missing, seqsPerMessage, sent } = await talkIn(size, seconds, 20)
    const people = `${String(size)} people`
    return [
      report(`Group of ${people}, 20 msg/s: messages`, sent, 'messages'),
      atMost(`Group of ${people}, 20 msg/s: p99 to the last of all`, lastP99, 250, 'ms'),
      atMost(`Group of ${people}: event-loop delay p99`, delayP99, 20, 'ms'),
      atMost(`Group of ${people}: messages that did not reach everybody`, missing, 0, 'messages'),
      report(
        `Group of ${people}: seqs taken per message, everybody's ticks included`,
        seqsPerMessage,
        'seqs',
      ),
    ]
  },
}
