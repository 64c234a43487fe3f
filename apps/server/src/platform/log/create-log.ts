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
export function allowedFields(given: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, type] of Object.entries(allowed)) {
    const value = (given as Record<string, unknown>)[name]
    if (typeof value === type) kept[name] = typeof value === 'string' ? value.slice(0, LONGEST) : value
  }
  if (given.error !== undefined) kept['error'] = describeError(given.error)
  return kept
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
  const say = (name: Exclude<LogLevel, 'silent'>) => (fields: LogFields, sentence: string) => {
    if (logger.isLevelEnabled(name)) logger[name](allowedFields(fields), sentence)
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
