import { pino, stdTimeFunctions, type DestinationStream } from 'pino'
import { describeError } from './describe-error.ts'
import type { Log, LogFields } from './log.ts'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

const LONGEST = 200

/** Every field a line may have; nothing else is ever written (A13). */
const allowed: Readonly<Record<Exclude<keyof LogFields, 'error'>, 'string' | 'number'>> = {
  requestId: 'string',
  organisationId: 'string',
  memberId: 'string',
  sessionId: 'string',
  connectionId: 'string',
  fileId: 'string',
  route: 'string',
  event: 'string',
  code: 'string',
  status: 'number',
  milliseconds: 'number',
  count: 'number',
  address: 'string',
  reason: 'string',
}

/** What of given fields may be written: an allow-list by name and type. */
function allowedFields(given: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, type] of Object.entries(allowed)) {
    const value = (given as Record<string, unknown>)[name]
    if (typeof value === type) kept[name] = typeof value === 'string' ? value.slice(0, LONGEST) : value
  }
  if (given.error !== undefined) kept['error'] = describeError(given.error)
  return kept
}

const REPEATS_MAX = 1_000
const REPEATS_WITHIN = 10_000

/** Whoever finds a way to make us complain must not fill the disk with it: a sentence is heard so often within a while, then no more. */
function createRepeatGuard(): (sentence: string) => boolean {
  const heard = new Map<string, { since: number; times: number }>()
  return (sentence) => {
    const now = performance.now()
    const entry = heard.get(sentence)
    if (!entry || now - entry.since > REPEATS_WITHIN) {
      heard.set(sentence, { since: now, times: 1 })
      return true
    }
    entry.times += 1
    return entry.times <= REPEATS_MAX
  }
}

/** A log in JSON lines. @param destination standard output unless a test listens */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger = destination ? pino(options, destination) : pino(options)
  const admits = createRepeatGuard()
  const say = (name: Exclude<LogLevel, 'silent'>) => (fields: LogFields, sentence: string) => {
    const complains = name === 'warn' || name === 'error' || name === 'fatal'
    if (logger.isLevelEnabled(name) && (!complains || admits(sentence)))
      logger[name](allowedFields(fields), sentence)
  }
  return {
    trace: say('trace'),
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    fatal: say('fatal'),
  }
}
