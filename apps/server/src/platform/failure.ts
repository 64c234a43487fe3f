import { errorCodes } from '@parley/contracts/kernel/error-codes'
import type { Failure } from '@parley/contracts/kernel/failure'
import { DomainError } from '../kernel/domain-error.ts'

/** What a refused call answers. Anything that is no DomainError becomes `internal`, without a word about what happened. */
export function failureOf(error: unknown, requestId?: string): Failure {
  if (!(error instanceof DomainError)) {
    const { message } = errorCodes.internal
    return { error: { code: 'internal', message, ...(requestId === undefined ? {} : { requestId }) } }
  }
  const { code, message, fields, retryAfter } = error
  return {
    error: {
      code,
      message,
      ...(fields === undefined ? {} : { fields: { ...fields } }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(requestId === undefined ? {} : { requestId }),
    },
  }
}

/** Refusals from the catalogue are everyday business; only what nobody expected is a fault worth a stack in the log. */
export const isFault = (error: unknown): boolean =>
  !(error instanceof DomainError) || error.code === 'internal'
