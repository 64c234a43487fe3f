import { OF_WHATSAPP } from './whatsapp-text.ts'

/** A date and a time as they stand in a file: which of the first numbers is the day may not be told yet. */
export interface WrittenTime {
  /** In the order of the file; a year of two digits is one of this century. */
  readonly date: readonly [number, number, number]
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** The line with which a message begins. */
export interface FirstLine {
  readonly time: WrittenTime
  /** null in a line of WhatsApp's own. */
  readonly author: string | null
  readonly text: string
  /** The text begins with the mark that iOS puts before what no person wrote. */
  readonly marked: boolean
}

/** What steers the direction of text, and the mark at the beginning of a file. */
const STEERING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g

const DATE = String.raw`(\d{1,4})[./-]\s?(\d{1,2})[./-]\s?(\d{1,4})\.?`
const HALF = String.raw`[AaPp]\.?\s?[Mm]\.?|上午|下午|午前|午後|오전|오후|ص|م`
const TIME = String.raw`(${HALF})?\s?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s?(${HALF})?`
const ANDROID = new RegExp(String.raw`^${DATE},?\s+${TIME}\s+[-–]\s(.*)$`, 's')
const IOS = new RegExp(String.raw`^\[${DATE},?\s+${TIME}\]\s(.*)$`, 's')

const isTold = (name: string): boolean => TOLD.test(name) || OF_WHATSAPP.test(name)

/** Longer is nobody's name. */
const NAME_MAX = 120
const AUTHOR = /^(.{1,120}?):(?: |$)(.*)$/s
/** Lines of WhatsApp's own in which a colon may stand. */
const TOLD = /["“”«»„].*:|^[^:]*\b(?:changed|created|added|removed|pinned)\b[^:]*["“”]/i

/**
 * Reads the beginning of a message as Android and iOS write it, in any of their date formats; null for a line that goes on with the
 * message before.
 */
export function readFirstLine(line: string): FirstLine | null {
  // nearly all lines that go on begin with a letter, and are not looked at further
  if (!/^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[[\d٠-٩۰-۹]/.test(line)) return null
  const parts = split(line)
  if (!parts) return null
  const { time, rest } = parts
  const found = AUTHOR.exec(rest)
  const name = cleanName(found?.[1] ?? '')
  if (!found || name === '' || name.length > NAME_MAX || isTold(found[1] ?? ''))
    return { time, author: null, text: withoutSteering(rest).trim(), marked: false }
  const text = found[2] ?? ''
  return { time, author: name, text: text.replace(/^[\u200e\u200f]+/, ''), marked: /^\u200e/.test(text) }
}

/** The head is short: only so much of a line is looked at for it. */
const HEAD_MAX = 60

function split(line: string): { readonly time: WrittenTime; readonly rest: string } | null {
  const start = line.replace(/^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/, '')
  const isIos = start.startsWith('[')
  const end = isIos ? start.indexOf(']') + 1 : endOfAndroidHead(start)
  if (end <= 0 || end > HEAD_MAX) return null
  const head = asciiDigits(withoutSteering(start.slice(0, end)))
    .replaceAll('،', ',')
    .replace(SPACES, ' ')
  const match = (isIos ? IOS : ANDROID).exec(`${head} `)
  if (!match) return null
  const time = timeOf(match)
  return time && { time, rest: start.slice(end).replace(/^[ \u00a0\u202f]/, '') }
}

/** Behind the dash between the time and the name. */
function endOfAndroidHead(line: string): number {
  const dash = /[\d٠-٩۰-۹][^\n]{0,12}?[\s\u00a0\u202f][-–](?=[\s\u00a0\u202f]|$)/.exec(
    line.slice(0, HEAD_MAX),
  )
  return dash ? dash.index + dash[0].length : -1
}

function timeOf(match: RegExpExecArray): WrittenTime | null {
  const [, a, b, c, before, hours, minutes, seconds, after] = match
  const half = before ?? after
  const date = [Number(a), Number(b), Number(c)] as const
  const hour = hourOf(Number(hours), half)
  const minute = Number(minutes)
  const second = Number(seconds ?? 0)
  if (hour === null || minute > 59 || second > 59) return null
  return { date, hour, minute, second }
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null
  if (hour < 1 || hour > 12) return hour <= 23 ? hour : null
  const isLate = /^[Pp]|下午|午後|오후|م/.test(half)
  return (hour % 12) + (isLate ? 12 : 0)
}

const asciiDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16))

const withoutSteering = (text: string): string => text.replace(STEERING, '')

/** A name as people read it: iOS puts "~" before who is not in the address book. */
const cleanName = (name: string): string =>
  withoutSteering(name).replace(SPACES, ' ').replace(/^~\s*/, '').replace(/\s+/g, ' ').trim()
