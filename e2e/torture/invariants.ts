import type { ChatPreference } from '@parley/contracts/chat-preferences/chat-preference'
import type { Conversation } from '@parley/contracts/conversations/conversation'
import type { Purge } from '@parley/contracts/conversations/purge'
import { rangeOf } from '@parley/contracts/conversations/purged-ranges'
import type { Message } from '@parley/contracts/messages/message'
import type { Cast, Person } from './cast.ts'
import type { Ledger } from './ledger.ts'
import type { Held, LocalState } from './local-state.ts'

const PREFIX = 'kept history '

export function historiesIn(state: LocalState): Map<string, readonly Message[]> {
  const histories = new Map<string, readonly Message[]>()
  for (const [key, value] of Object.entries(state)) {
    if (!key.startsWith(PREFIX)) continue
    histories.set(key.slice(PREFIX.length), (value as { messages: Message[] }).messages)
  }
  return histories
}

function dataOf<T>(state: LocalState, kind: string, id: string): T | undefined {
  return (state[`kept ${kind} ${id}`] as { data: T } | undefined)?.data
}

/** What is wrong with histories whatever anybody did: a gap that nothing explains between numbers, or anything twice (Y6, Y7). */
export function historyFaults(state: LocalState): string[] {
  const faults: string[] = []
  for (const [conversationId, messages] of historiesIn(state)) {
    const numbers = messages.map(({ number }) => number)
    const ranges = dataOf<Purge>(state, 'purge', conversationId)?.ranges ?? []
    const isNext = (number: number, before: number) => {
      let next = before + 1
      for (let gone = rangeOf(ranges, next); gone; gone = rangeOf(ranges, next)) next = gone.to + 1
      return number === next
    }
    if (numbers.some((number, index) => index > 0 && !isNext(number, numbers[index - 1] ?? 0)))
      faults.push(`Y7: ${conversationId} has the numbers ${numbers.join()}`)
    const written = messages.filter(({ notice, text }) => notice === null && text !== '')
    const texts = written.map(({ senderId, text }) => `${senderId} ${text}`)
    if (new Set(texts).size !== texts.length)
      faults.push(`Y6: ${conversationId} holds a message twice: ${texts.join()}`)
    faults.push(...orderFaults(conversationId, written))
  }
  return faults
}

/**
 * Every device numbers its texts as it writes them; what programs send side by side has no order, nor have messages that wait for their
 * files, were changed, or were written elsewhere.
 */
function orderFaults(conversationId: string, messages: readonly Message[]): string[] {
  const last = new Map<string, number>()
  const faults: string[] = []
  for (const { senderId, text, editedAt, files, imported } of messages) {
    const count = Number(text.split(' ').at(-1))
    if (Number.isNaN(count) || editedAt !== undefined || files || imported) continue
    if (count <= (last.get(senderId) ?? 0)) faults.push(`Y6: ${conversationId} has "${text}" out of order`)
    last.set(senderId, count)
  }
  return faults
}

/** Everything written is there, or was changed, or was refused and says so (Y6). */
export function owedFaults({ written, failed }: Person, state: LocalState): string[] {
  const histories = historiesIn(state)
  return written
    .filter(({ conversationId, id, text }) => {
      const history = histories.get(conversationId) ?? []
      if (failed.includes(text) || mayHaveGone(state, conversationId, history)) return false
      return !history.some(
        (message) =>
          message.text === text ||
          (message.id === id && (message.editedAt !== undefined || message.deletedAt !== undefined)),
      )
    })
    .map(({ conversationId, text }) => `Y6: "${text}" in ${conversationId} is lost`)
}

/** Who has joined again, keeps nothing, has cleared a chat or writes where messages disappear does not see all of what they wrote. */
function mayHaveGone(state: LocalState, conversationId: string, history: readonly Message[]): boolean {
  const conversation = dataOf<Conversation>(state, 'conversation', conversationId)
  if (!conversation || conversation.disappearing?.after || (history[0]?.number ?? 1) > 1) return true
  if (dataOf<ChatPreference>(state, 'chat-preference', conversationId)?.cleared) return true
  return history.some(({ notice }) => notice?.what === 'disappearing')
}

/** Takes down of what nothing may be left: what these devices know as deleted for everyone, and old chats where nothing so old is kept. */
export function goneFor({ ledger, moved }: Cast, all: readonly Held[]): void {
  for (const { state } of all)
    for (const message of [...historiesIn(state).values()].flat())
      if (message.deletedAt !== undefined) ledger.isOver(message.id)
  if (!moved.keeps) for (const importId of moved.importIds) ledger.isOver(importId)
}

/** Clocks and sweeps may be late by this much. */
const LATE = 2_000

const around = (mark: string, where: string) => {
  const at = where.indexOf(mark)
  return where.slice(Math.max(0, at - 120), at + mark.length + 80)
}

/** What is on a device that is to be nowhere, or is not this person's to have (Y9). */
export function strayFaults(ledger: Ledger, { memberId }: Person, { state, everything }: Held): string[] {
  const texts = JSON.stringify([...historiesIn(state).values()].flat().map(({ text }) => text))
  const on = (where: string, marks: readonly string[], why: string) =>
    marks.filter((mark) => where.includes(mark)).map((mark) => `"${around(mark, where)}" ${why}`)
  return [
    ...on(everything, ledger.gone(Date.now() - LATE), 'is to be nowhere any more'),
    ...on(everything, ledger.notFor(memberId), 'was said when they were out of it (Y9)'),
    ...on(texts, ledger.before(memberId), 'was said before they came'),
  ]
}
