import { errorCodes, type ErrorCode } from '@parley/contracts/kernel/error-codes'

export interface DomainErrorDetail {
  /** Sentences per field path. */
  readonly fields?: Readonly<Record<string, string>>
  /** Seconds. */
  readonly retryAfter?: number
  /** For the log only, never for the person. */
  readonly cause?: unknown
}

/** An expected refusal, from the closed catalogue. Mapped once to HTTP and once to socket acknowledgements. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ErrorCode
  readonly fields: Readonly<Record<string, string>> | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, detail: DomainErrorDetail = {}) {
    super(errorCodes[code].message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.fields = detail.fields
    this.retryAfter = detail.retryAfter
  }
}
