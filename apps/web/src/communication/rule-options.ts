import type { Text } from '../text/use-text.ts'
import '../text/words/communication.ts'

/** A choice for a list: `''` stands for null, which a list cannot hold. */
export type Option = readonly [value: string, text: string]

export const toOption = (value: number | null): string => (value === null ? '' : String(value))
export const fromOption = (value: string): number | null => (value === '' ? null : Number(value))

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const WINDOWS = [0, 5 * MINUTE, 15 * MINUTE, HOUR, 12 * HOUR, DAY, 60 * HOUR, 7 * DAY, 30 * DAY, null]
const RETENTIONS = [null, 7, 30, 90, 180, 365, 730, 1_095, 2_555, 3_650]
const SIZES = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_000].map((megabytes) => megabytes * 1_000_000)
const QUOTAS = [null, ...[1, 5, 10, 50, 100, 500, 1_000].map((gigabytes) => gigabytes * 1_000_000_000)]

/** The usual choices; and what holds now, if a program has set something else. */
function options(
  usual: readonly (number | null)[],
  value: number | null,
  text: (value: number | null) => string,
): Option[] {
  const rank = (one: number | null) => one ?? (usual[0] === null ? -1 : Infinity)
  const all = usual.includes(value) ? usual : [...usual, value].sort((a, b) => rank(a) - rank(b))
  return all.map((one) => [toOption(one), text(one)])
}

/** Seconds as people say them. */
function duration(t: Text, seconds: number): string {
  if (seconds % DAY === 0) return t('communicationChoice.days', { count: seconds / DAY })
  if (seconds % HOUR === 0) return t('communicationChoice.hours', { count: seconds / HOUR })
  return t('communicationChoice.minutes', { count: Math.round(seconds / MINUTE) })
}

export const windowOptions = (t: Text, value: number | null) =>
  options(WINDOWS, value, (seconds) => {
    if (seconds === null) return t('communicationChoice.always')
    return seconds === 0 ? t('communicationChoice.never') : duration(t, seconds)
  })

export const retentionOptions = (t: Text, value: number | null) =>
  options(RETENTIONS, value, (days) => {
    if (days === null) return t('communicationChoice.forEver')
    if (days >= 365 && days % 365 === 0) return t('communicationChoice.afterYears', { count: days / 365 })
    return t('communicationChoice.afterDays', { count: days })
  })

const UNITS = [
  [1_000_000_000_000, 'terabyte'],
  [1_000_000_000, 'gigabyte'],
  [1_000_000, 'megabyte'],
] as const

/** A size as people say it, such as "100 MB". */
function size(bytes: number): string {
  const [scale, unit] = UNITS.find(([least]) => bytes >= least) ?? UNITS[2]
  return new Intl.NumberFormat('en', { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / scale)
}

export const sizeOptions = (value: number) => options(SIZES, value, (bytes) => size(bytes ?? 0))

export const quotaOptions = (t: Text, value: number | null) =>
  options(QUOTAS, value, (bytes) => (bytes === null ? t('communicationChoice.noQuota') : size(bytes)))
