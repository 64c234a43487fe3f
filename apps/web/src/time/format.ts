import type { Text } from '../text/use-text.ts'

/** Formats follow the browser's own languages and time zone, whatever language the words are in. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options)
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(undefined, options)
    formats.set(key, made)
  }
  return made.format(at)
}

/** "9:05 AM" where the day has twice twelve hours, and "09:05" where it has twenty-four. */
const hour = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12
  ? 'numeric'
  : '2-digit'
export const clock = (at: number) => format(at, { hour, minute: '2-digit' })
const weekday = (at: number) => format(at, { weekday: 'long' })
const dayAndMonth = (at: number) => format(at, { day: 'numeric', month: 'short' })
const fullDate = (at: number) => format(at, { day: 'numeric', month: 'short', year: 'numeric' })
export const longDateTime = (at: number) => format(at, { dateStyle: 'full', timeStyle: 'short' })

/** A number that is the same within one local day and rises by one with the next. */
export function dayOf(at: number): number {
  const date = new Date(at)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

const sameYear = (a: number, b: number) => new Date(a).getFullYear() === new Date(b).getFullYear()
const date = (at: number, now: number) => (sameYear(at, now) ? dayAndMonth(at) : fullDate(at))

/** "14:05", "Yesterday", "Sunday", "6 Mar": as short as it can be and still be clear. */
export function listTime(t: Text, at: number, now: number): string {
  const days = dayOf(now) - dayOf(at)
  if (days <= 0) return clock(at)
  if (days === 1) return t('time.yesterday')
  return days < 7 ? weekday(at) : date(at, now)
}

/** The pill between two days of a conversation. */
export function dayName(t: Text, at: number, now: number): string {
  const days = dayOf(now) - dayOf(at)
  if (days <= 0) return t('time.today')
  if (days === 1) return t('time.yesterday')
  if (days < 7) return weekday(at)
  return format(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear(at, now) ? {} : { year: 'numeric' as const }),
  })
}

/** "Today 10:58", for tables. */
export function whenShort(t: Text, at: number, now: number): string {
  const days = dayOf(now) - dayOf(at)
  if (days <= 0) return t('time.todayAt', { time: clock(at) })
  if (days === 1) return t('time.yesterdayAt', { time: clock(at) })
  return t('time.dateAt', { date: date(at, now), time: clock(at) })
}

/** The same in the middle of a sentence: "today 10:58"; also of what is to come. */
export function whenWithin(t: Text, at: number, now: number): string {
  const days = dayOf(now) - dayOf(at)
  const time = clock(at)
  if (days === 0) return t('time.inToday', { time })
  if (days === 1) return t('time.inYesterday', { time })
  if (days === -1) return t('time.inTomorrow', { time })
  return t('time.dateAt', { date: date(at, now), time })
}

export function lastSeen(t: Text, at: number, now: number): string {
  const days = dayOf(now) - dayOf(at)
  if (days <= 0) return t('presence.seenToday', { time: clock(at) })
  if (days === 1) return t('presence.seenYesterday', { time: clock(at) })
  return t('presence.seenOn', { date: date(at, now) })
}

let relative: Intl.RelativeTimeFormat | undefined

/** "in 6 days", "tomorrow", and within the day "in 3 hours". */
export function timeUntil(at: number, now: number): string {
  relative ??= new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  const days = dayOf(at) - dayOf(now)
  if (days > 0) return relative.format(days, 'day')
  return relative.format(Math.max(1, Math.round((at - now) / 3_600_000)), 'hour')
}
