import type { NotificationChoices, QuietHours } from './notification-settings.ts'

/** As long as somebody has chosen nothing. */
export const usualChoices: NotificationChoices = {
  sounds: true,
  preview: true,
  mentionsPassMute: true,
  quietHours: null,
}

const DAY = 1_440
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Making a formatter costs more than asking it a thousand times. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formatters.set(timeZone, made)
  return made
}

/** The weekday (1 Monday to 7 Sunday) and the minute of the day, as the clocks of a time zone show them. */
function clockIn(timeZone: string, at: number): { readonly day: number; readonly minute: number } {
  const parts = new Map<string, string>()
  for (const { type, value } of formatterFor(timeZone).formatToParts(at)) parts.set(type, value)
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'))
  return { day: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1, minute }
}

/**
 * Whether quiet hours hold at a moment: the one place where that is decided, on the server and on every device.
 * @param at milliseconds since 1970
 */
export function isQuiet(hours: QuietHours | null, at: number): boolean {
  if (!hours) return false
  const { day, minute } = clockIn(hours.timeZone, at)
  const lasts = (hours.to - hours.from + DAY) % DAY || DAY
  const dayBefore = day === 1 ? 7 : day - 1
  const since = minute - hours.from
  return (
    (hours.days.includes(day) && since >= 0 && since < lasts) ||
    (hours.days.includes(dayBefore) && since + DAY < lasts)
  )
}
