import type { Person } from './cast.ts'
import type { LocalState } from './local-state.ts'

interface KeptMessage {
  readonly id: string
  readonly number: number
  readonly senderId: string
  readonly text: string
  /** null in what people write. */
  readonly notice: unknown
}

const PREFIX = 'kept history '

export function historiesIn(state: LocalState): Map<string, readonly KeptMessage[]> {
  const histories = new Map<string, readonly KeptMessage[]>()
  for (const [key, value] of Object.entries(state)) {
    if (!key.startsWith(PREFIX)) continue
    histories.set(key.slice(PREFIX.length), (value as { messages: KeptMessage[] }).messages)
  }
  return histories
}

/** What is wrong with histories whatever anybody did: a gap between numbers, or anything twice (Y6, Y7). */
export function historyFaults(state: LocalState): string[] {
  const faults: string[] = []
  for (const [conversationId, messages] of historiesIn(state)) {
    const numbers = messages.map(({ number }) => number)
    if (numbers.some((number, index) => number !== (numbers[0] ?? 0) + index)) {
      faults.push(`Y7: ${conversationId} has the numbers ${numbers.join()}`)
    }
    const written = messages.filter(({ notice }) => notice === null)
    const texts = written.map(({ senderId, text }) => `${senderId} ${text}`)
    if (new Set(texts).size !== texts.length)
      faults.push(`Y6: ${conversationId} holds a message twice: ${texts.join()}`)
    faults.push(...orderFaults(conversationId, written))
  }
  return faults
}

/** Every device numbers its texts as it writes them; what programs send side by side has no order. */
function orderFaults(conversationId: string, messages: readonly KeptMessage[]): string[] {
  const last = new Map<string, number>()
  const faults: string[] = []
  for (const { senderId, text } of messages) {
    const count = Number(text.split(' ').at(-1))
    if (Number.isNaN(count)) continue
    if (count <= (last.get(senderId) ?? 0)) faults.push(`Y6: ${conversationId} has "${text}" out of order`)
    last.set(senderId, count)
  }
  return faults
}

/** Everything written is there, or was refused and says so (Y6). */
export function owedFaults({ written, failed }: Person, state: LocalState): string[] {
  const histories = historiesIn(state)
  return written
    .filter(({ conversationId, text }) => {
      if (failed.includes(text)) return false
      // who has joined again may not see what they wrote the time before
      if ((histories.get(conversationId)?.[0]?.number ?? 1) > 1) return false
      return !histories.get(conversationId)?.some((message) => message.text === text)
    })
    .map(({ conversationId, text }) => `Y6: "${text}" in ${conversationId} is lost`)
}
