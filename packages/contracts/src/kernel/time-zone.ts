import * as z from 'zod/mini'

/** Whether an IANA time zone exists, such as `Europe/Lisbon`. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A time zone by its IANA name: `Europe/Lisbon`. */
export const timeZone = z
  .string()
  .check(z.maxLength(60), z.refine(isTimeZone, { error: 'This is no time zone.' }))
