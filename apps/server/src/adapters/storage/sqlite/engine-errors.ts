import { DomainError } from '../../../kernel/domain-error.ts'

const BUSY = 5
const LOCKED = 6
const NO_MEMORY = 7
const READ_ONLY = 8
const IO_ERROR = 10
const CORRUPT = 11
const FULL = 13
/** The index of the write-ahead log could not grow; all else that finds no room is `FULL`. */
const IO_ERROR_SHM_SIZE = 4874
const CANNOT_OPEN = 14
const NOT_A_DATABASE = 26
const CONSTRAINT_UNIQUE = 2067

/** SQLite's extended result code; undefined for errors that are not its own. */
function resultCode(error: unknown): number | undefined {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code : undefined
}

export const isUniqueViolation = (error: unknown): boolean => resultCode(error) === CONSTRAINT_UNIQUE

/** Whether another connection holds what was asked for. */
export const isBusy = (error: unknown): boolean => ((resultCode(error) ?? 0) & 0xff) === BUSY

/** Whether the file itself is damaged, or is no database at all. */
export function isDamage(error: unknown): boolean {
  const primary = (resultCode(error) ?? 0) & 0xff
  return primary === CORRUPT || primary === NOT_A_DATABASE
}

/** What a failure of the disk or the file means to callers; undefined for mistakes in a statement. */
export function engineFailure(error: unknown): DomainError | undefined {
  const isClosed = error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE'
  if (isClosed) return new DomainError('storage_unavailable', { cause: error })
  const code = resultCode(error) ?? 0
  if (code === IO_ERROR_SHM_SIZE) return new DomainError('storage_full', { cause: error })
  switch (code & 0xff) {
    case FULL:
      return new DomainError('storage_full', { cause: error })
    case IO_ERROR:
    case BUSY:
    case LOCKED:
    case NO_MEMORY:
    case READ_ONLY:
    case CORRUPT:
    case CANNOT_OPEN:
    case NOT_A_DATABASE:
      return new DomainError('storage_unavailable', { cause: error })
    default:
      return undefined
  }
}
