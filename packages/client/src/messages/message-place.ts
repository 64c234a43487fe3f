import type { MessageRecord, SaidTo } from '../local-store/local-store.ts'
import { mergeRecords, withReaction } from './merge-record.ts'
import { placeOf } from './place-of.ts'

/**
 * A part of the past that somebody looks at, apart from what is held up to the present: all messages from `from` to `until`. It lives in
 * memory, follows what becomes of its messages, and may grow both ways until it reaches the present.
 */
export interface MessagePlace {
  /** No two places have the same. */
  readonly id: number
  from: number
  until: number
  reachedStart: boolean
  loading: 'older' | 'newer' | null
  /** Why more could not be loaded. */
  failure: string | null
  /** Rising numbers. */
  messages: MessageRecord[]
  /** What came while a page was under way, which may be older than that. */
  readonly meanwhile: Map<number, MessageRecord>
  /** As well, of what people said to messages. */
  readonly said: { readonly number: number; readonly memberId: string; readonly said: SaidTo[string] }[]
}

/** Something was heard of a message: it takes its place among those shown, or waits for the page that it may belong to. */
export function tellPlace(place: MessagePlace, record: MessageRecord): void {
  const { number } = record.message
  if (number >= place.from && number <= place.until) put(place, record)
  else if (number === place.until + 1 && place.loading !== 'newer') {
    place.messages = [...place.messages, record]
    place.until = number
  } else if (place.loading) {
    place.meanwhile.set(number, mergeRecords(place.meanwhile.get(number), record))
  }
}

/** Joins neighbouring messages to a place. */
export function growPlace(place: MessagePlace, records: readonly MessageRecord[]): void {
  const [first, last] = [records.at(0)?.message.number, records.at(-1)?.message.number]
  if (first !== undefined && last !== undefined) {
    place.messages = first < place.from ? [...records, ...place.messages] : [...place.messages, ...records]
    place.from = Math.min(place.from, first)
    place.until = Math.max(place.until, last)
  }
  const meanwhile = [...place.meanwhile.values()].sort((a, b) => a.message.number - b.message.number)
  place.meanwhile.clear()
  place.loading = null
  for (const record of meanwhile) tellPlace(place, record)
  for (const { number, memberId, said } of place.said.splice(0)) sayInPlace(place, number, memberId, said)
}

/** Joins what somebody says to a message to it; to one that may be on its way, when that is here. */
export function sayInPlace(
  place: MessagePlace,
  number: number,
  memberId: string,
  said: SaidTo[string],
): void {
  const at = placeOf(place.messages, number)
  const held = place.messages[at]
  if (held?.message.number === number)
    place.messages = place.messages.with(at, withReaction(held, memberId, said))
  else if (place.loading) place.said.push({ number, memberId, said })
}

/** Never lets an older state replace a newer one (Y4). */
function put(place: MessagePlace, record: MessageRecord): void {
  const at = placeOf(place.messages, record.message.number)
  const held = place.messages[at]
  // of the past some may be gone for good, and its number with it
  if (held?.message.number !== record.message.number) place.messages = place.messages.toSpliced(at, 0, record)
  else place.messages = place.messages.with(at, mergeRecords(held, record))
}

/** Takes messages out that are gone for good. */
export function forgetInPlace(place: MessagePlace, from: number, to: number): void {
  const isGone = (number: number) => number >= from && number <= to
  place.messages = place.messages.filter(({ message }) => !isGone(message.number))
  for (const number of [...place.meanwhile.keys()]) if (isGone(number)) place.meanwhile.delete(number)
}
