import type { MessageRecord, SaidTo, WindowRecord } from '../local-store/local-store.ts'
import type { MessageWindow } from '../replica/replica-state.ts'
import { mergeRecords, withReaction } from './merge-record.ts'
import { placeOf } from './place-of.ts'

/** The message with this number, if memory holds it. */
export function messageAt(window: MessageWindow, number: number): MessageRecord | undefined {
  const found = window.messages[placeOf(window.messages, number)]
  return found?.message.number === number ? found : undefined
}

/** Puts a message in its place; an older state of it never replaces a newer one. */
export function putInWindow(window: MessageWindow, record: MessageRecord): void {
  const { number } = record.message
  if (!window.last || number > window.last.message.number) window.last = record
  else if (number === window.last.message.number) window.last = mergeRecords(window.last, record)
  if (number < window.shownFrom) return
  const place = placeOf(window.messages, number)
  const held = window.messages[place]
  if (held?.message.number !== number) window.messages.splice(place, 0, record)
  else window.messages[place] = mergeRecords(held, record)
}

/** Joins what somebody says to a message to it, if memory holds it. */
export function sayInWindow(
  window: MessageWindow,
  number: number,
  memberId: string,
  said: SaidTo[string],
): void {
  if (window.last?.message.number === number) window.last = withReaction(window.last, memberId, said)
  const held = messageAt(window, number)
  if (held) window.messages[placeOf(window.messages, number)] = withReaction(held, memberId, said)
}

/** Takes a message out; the one before it becomes the last where need be. */
export function takeFromWindow(window: MessageWindow, number: number): void {
  const place = placeOf(window.messages, number)
  if (window.messages[place]?.message.number === number) window.messages.splice(place, 1)
  if (window.last?.message.number === number) window.last = window.messages.at(-1) ?? null
}

/** Takes messages out that are gone for good. @param next where the window begins and ends then */
export function forgetRange(
  window: MessageWindow,
  from: number,
  to: number,
  next: Pick<MessageWindow, 'from' | 'last'> | null,
): void {
  window.messages = window.messages.filter(({ message }) => message.number < from || message.number > to)
  if (!next) return
  // nothing older is left to be shown
  if (next.from < window.from && window.shownFrom === window.from) window.shownFrom = next.from
  window.from = next.from
  window.last = next.last
}

/**
 * Joins older messages to what memory shows.
 * @param shownFrom memory then holds everything from this number on
 */
export function reveal(window: MessageWindow, records: readonly MessageRecord[], shownFrom: number): void {
  // Somebody else has shown as much meanwhile.
  if (shownFrom >= window.shownFrom) return
  const older = records.filter(
    ({ message }) => message.number < window.shownFrom && message.number >= shownFrom,
  )
  window.messages = [...older, ...window.messages]
  window.shownFrom = shownFrom
}

/** Lets go of all but the newest messages in memory; the store keeps them. */
export function trimWindow(window: MessageWindow, keep: number): void {
  if (window.messages.length <= keep) return
  window.messages = window.messages.slice(-keep)
  window.shownFrom = window.messages[0]?.message.number ?? window.shownFrom
}

/** A window without everything up to a number. @param next where it then begins, and its last message */
export function cleared(window: MessageWindow, { from, last }: WindowRecord, upTo: number): MessageWindow {
  const kept = window.messages.filter(({ message }) => message.number > upTo)
  const place = last && last.message.number <= upTo ? [last] : []
  const shownFrom = window.shownFrom <= upTo + 1 ? from : Math.max(from, window.shownFrom)
  return { from, shownFrom, last, messages: [...place, ...kept] }
}
