/** What can be asked for beside words, as it is typed: `from:amina in:"Harbour tours" has:picture after:2026-03 coach`. */
export const operators = ['from', 'in', 'has', 'before', 'after', 'on'] as const
export type Operator = (typeof operators)[number]

/** What a message may hold. */
export const searchParts = ['file', 'picture', 'link', 'voice'] as const
export type SearchPart = (typeof searchParts)[number]

/** Whole days, from the beginning of the first to the beginning of the one after the last, in ms since 1970. */
export interface Days {
  readonly from: number
  readonly until: number
}

export interface ParsedQuery {
  /** What is left: words, and phrases between quotes. */
  readonly words: string
  /** Names, or `me`; who is meant is for whoever knows the people. */
  readonly from: readonly string[]
  readonly in: readonly string[]
  readonly has: readonly SearchPart[]
  /** Not before this instant, and before that one; null without a bound. */
  readonly after: number | null
  readonly before: number | null
}

export const QUERY_MAX_LENGTH = 200

const OPERATOR = /(?<=^|\s)(from|in|has|before|after|on):(?:"([^"]*)(?:"|$)|(\S+))/gi

/**
 * Takes a query apart. An operator with a value that means nothing is taken as words, so that nothing typed is passed over.
 * @param now what today is
 * @param startOfDay when a day begins where the member is; months count from 0 and may run over
 */
export function parseQuery(
  query: string,
  now: number,
  startOfDay: StartOfDay = localStartOfDay,
): ParsedQuery {
  const parsed = { from: [] as string[], in: [] as string[], has: [] as SearchPart[] }
  let after = -Infinity
  let before = Infinity
  const words = query.slice(0, QUERY_MAX_LENGTH).replace(OPERATOR, (typed, name: string, phrase, word) => {
    const operator = name.toLowerCase() as Operator
    const value = String(phrase ?? word).trim()
    if (value === '') return typed
    if (operator === 'from' || operator === 'in') {
      parsed[operator].push(value)
      return ''
    }
    if (operator === 'has') {
      const part = searchParts.find((one) => one === value.toLowerCase() || `${one}s` === value.toLowerCase())
      if (part) parsed.has.push(part)
      return part ? '' : typed
    }
    const days = daysOf(value, now, startOfDay)
    if (!days) return typed
    if (operator !== 'before') after = Math.max(after, operator === 'on' ? days.from : days.until)
    if (operator !== 'after') before = Math.min(before, operator === 'on' ? days.until : days.from)
    return ''
  })
  return {
    ...parsed,
    words: words.replace(/\s+/g, ' ').trim(),
    after: after > -Infinity ? after : null,
    before: before < Infinity ? before : null,
  }
}

export type StartOfDay = (year: number, month: number, day: number) => number

/** By the time zone of this device. */
const localStartOfDay: StartOfDay = (year, month, day) => new Date(year, month, day).getTime()

const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/

/** The days that a date names: `2026-03-05`, `2026-03`, `2026`, `today`, `yesterday`; null for anything else. */
export function daysOf(value: string, now: number, startOfDay: StartOfDay = localStartOfDay): Days | null {
  const word = value.toLowerCase()
  if (word === 'today' || word === 'yesterday') {
    const date = new Date(now)
    const day = date.getDate() - (word === 'today' ? 0 : 1)
    const [year, month] = [date.getFullYear(), date.getMonth()]
    return { from: startOfDay(year, month, day), until: startOfDay(year, month, day + 1) }
  }
  const [, years, months, days] = DATE.exec(value) ?? []
  if (years === undefined) return null
  const year = Number(years)
  const month = months === undefined ? null : Number(months) - 1
  const day = days === undefined ? null : Number(days)
  if (year < 1970 || year > 9000 || (month !== null && (month < 0 || month > 11))) return null
  if (month === null) return { from: startOfDay(year, 0, 1), until: startOfDay(year + 1, 0, 1) }
  if (day === null) return { from: startOfDay(year, month, 1), until: startOfDay(year, month + 1, 1) }
  if (day < 1 || day > new Date(year, month + 1, 0).getDate()) return null
  return { from: startOfDay(year, month, day), until: startOfDay(year, month, day + 1) }
}

/** The values of an operator in a query, as they were typed. */
export function valuesOf(query: string, operator: Operator): string[] {
  return [...query.matchAll(OPERATOR)]
    .filter(([, name]) => name?.toLowerCase() === operator)
    .map(([, , phrase, word]) => (phrase ?? word ?? '').trim())
}

/** A query without an operator. */
export const withoutOperator = (query: string, operator: Operator): string =>
  query
    .replace(OPERATOR, (typed, name: string) => (name.toLowerCase() === operator ? '' : typed))
    .replace(/\s+/g, ' ')
    .trimStart()

/** An operator at the end of a query whose value is being typed. */
export interface BegunOperator {
  readonly operator: Operator
  /** What there is of the value. */
  readonly value: string
  /** Where the operator begins. */
  readonly at: number
}

const BEGUN = /(?:^|\s)(from|in|has|before|after|on):("[^"]*|[^\s"]*)$/i

/** The operator that somebody is in the middle of; null when none is. */
export function begunOperator(query: string): BegunOperator | null {
  const found = BEGUN.exec(query)
  if (!found) return null
  const [whole, name = '', value = ''] = found
  const at = found.index + (/^\s/.test(whole) ? 1 : 0)
  return { operator: name.toLowerCase() as Operator, value: value.replace(/^"/, ''), at }
}

/** An operator as it is typed. */
export const writeOperator = (operator: Operator, value: string): string =>
  /[\s"]/.test(value) ? `${operator}:"${value.replaceAll('"', '')}"` : `${operator}:${value}`
