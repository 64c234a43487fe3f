import type { DateOrder } from '@parley/contracts/imports/chat-import'
import type { WrittenTime } from './whatsapp-line.ts'

/** A date by the calendar, and the time on the wall. */
export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** What a date means in an order; null for a day that there is not. */
export function wallTimeOf({ date, ...time }: WrittenTime, order: DateOrder): WallTime | null {
  const [a, b, c] = date
  if (order === 'year-first') return checked({ year: fullYear(a), month: b, day: c, ...time })
  if (a > 99) return checked({ year: a, month: b, day: c, ...time })
  const [day, month] = order === 'day-first' ? [a, b] : [b, a]
  return checked({ year: fullYear(c), month, day, ...time })
}

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year)

function checked(wall: WallTime): WallTime | null {
  const { year, month, day } = wall
  if (year < 2009 || year > 2100 || month < 1 || month > 12) return null
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate() ? wall : null
}

const instantOf = ({ year, month, day, hour, minute, second }: WallTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second)

/** How a file reads in one order. */
export interface Reading {
  readonly order: DateOrder
  readonly first: WallTime
  readonly last: WallTime
  /** Lines whose dates there are not in this order: the first of them, and how many. */
  readonly unread: readonly number[]
  readonly unreadCount: number
}

const ORDERS = ['day-first', 'month-first', 'year-first'] as const
const NOTED_MAX = 20
/** Less is clocks that differ. */
const BACKWARDS = 86_400_000

class Trial {
  readonly order: DateOrder
  first: WallTime | null = null
  last: WallTime | null = null
  readonly unread: number[] = []
  unreadCount = 0
  backwards = 0
  #lastAt = 0

  constructor(order: DateOrder) {
    this.order = order
  }

  get cost(): number {
    return this.unreadCount * 1_000 + this.backwards
  }

  see(time: WrittenTime, line: number): void {
    const isYearFirst = time.date[0] > 31
    const wall = isYearFirst === (this.order === 'year-first') ? wallTimeOf(time, this.order) : null
    if (!wall) {
      this.unreadCount += 1
      if (this.unread.length < NOTED_MAX) this.unread.push(line)
      return
    }
    const at = instantOf(wall)
    if (at < this.#lastAt - BACKWARDS) this.backwards += 1
    this.#lastAt = at
    this.first ??= wall
    this.last = wall
  }
}

/** Finds out, message by message, in which order a file writes its dates. */
export class DateOrderFinder {
  readonly #trials = ORDERS.map((order) => new Trial(order))

  see(time: WrittenTime, line = 0): void {
    for (const trial of this.#trials) trial.see(time, line)
  }

  /** The readings that are equally good and better than all others: one where the order is clear, more where somebody has to be asked, none without a date. */
  readings(): Reading[] {
    const least = Math.min(...this.#trials.map(({ cost }) => cost))
    return this.#trials.flatMap(({ order, first, last, unread, unreadCount, cost }) =>
      cost === least && first && last ? [{ order, first, last, unread, unreadCount }] : [],
    )
  }
}
