import {
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb'
import { DomainError } from '../../../kernel/domain-error.ts'

const DUPLICATE_KEY = 11000
const OUT_OF_DISK_SPACE = 14031
/** The server is stopping, stepping down, or cannot reach its majority in time. */
const AWAY_CODES = new Set([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 46841])
const AWAY_NAMES = new Set(['MongoPoolClearedError', 'MongoPoolClosedError', 'MongoWaitQueueTimeoutError'])

/** Whether a unique index refused a write. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY

export const isFromDriver = (error: unknown): error is MongoError => error instanceof MongoError

/** The transaction is gone without a trace and may be run again. */
export const isTransient = (error: unknown): boolean =>
  isFromDriver(error) && error.hasErrorLabel('TransientTransactionError')

/** The commit may or may not have happened; sending it again is safe. */
export const isUnknownCommit = (error: unknown): boolean =>
  isFromDriver(error) && error.hasErrorLabel('UnknownTransactionCommitResult')

/** Whether MongoDB cannot be reached, or cannot write just now. */
export function isAway(error: unknown): boolean {
  if (error instanceof MongoServerSelectionError || error instanceof MongoNetworkError) return true
  if (error instanceof MongoTopologyClosedError || error instanceof MongoNotConnectedError) return true
  if (!isFromDriver(error)) return false
  // A bulk write wraps the network's error, and leaves only this label.
  if (error.hasErrorLabel('ResetPool')) return true
  return AWAY_NAMES.has(error.name) || AWAY_CODES.has(Number(error.code))
}

/** A commit was sent, and nobody can say whether it was or will be done. Whoever asked for it is told that storage is away. */
export class UnknownOutcomeError extends DomainError {
  constructor(error: unknown) {
    super('storage_unavailable', { cause: toStorageFault(error) })
  }
}

/** What leaves the adapter in place of a driver's error (T9). */
export function toStorageFault(error: unknown): unknown {
  if (!isFromDriver(error)) return error
  if (error.code === OUT_OF_DISK_SPACE) return new DomainError('storage_full', { cause: reason(error) })
  if (isAway(error) || isTransient(error))
    return new DomainError('storage_unavailable', { cause: reason(error) })
  return reason(error)
}

/** Code and name only: the driver's own message may quote a document, and no log may hold a person's data. */
function reason(error: MongoError): Error {
  const codeName: unknown = Reflect.get(error, 'codeName')
  const name = typeof codeName === 'string' ? codeName : error.name
  return new Error(`MongoDB: ${name}${error.code === undefined ? '' : ` (${error.code})`}`)
}
