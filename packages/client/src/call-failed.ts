import type { ErrorAction, ErrorCode } from '@parley/contracts/kernel/error-codes'

/** What the server answers, and what only a device can say: that there is no server, or no room. */
export type FailureCode = ErrorCode | 'unreachable' | 'device_full'

/** A refused call; thrown by everything here that talks to the server. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  readonly code: FailureCode
  readonly action: ErrorAction
  /** Sentences per field path. */
  readonly fields: Readonly<Record<string, string>>
  readonly retryAfter: number | null
  constructor(
    code: FailureCode,
    action: ErrorAction,
    message: string,
    fields: Readonly<Record<string, string>> = {},
    retryAfter: number | null = null,
  ) {
    super(message)
    this.code = code
    this.action = action
    this.fields = fields
    this.retryAfter = retryAfter
  }
}
