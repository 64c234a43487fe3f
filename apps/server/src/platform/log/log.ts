/** What may be said in a log beside the sentence: an allow-list, so that no text, token or password ever slips in (A13). */
export interface LogFields {
  readonly error?: unknown
  readonly requestId?: string
  readonly organisationId?: string
  readonly memberId?: string
  readonly sessionId?: string
  readonly connectionId?: string
  readonly fileId?: string
  readonly route?: string
  readonly event?: string
  readonly code?: string
  readonly status?: number
  readonly milliseconds?: number
  readonly count?: number
  readonly address?: string
  readonly reason?: string
}

type Say = (fields: LogFields, sentence: string) => void

/** A structured log; fields other than those of `LogFields` are dropped before anything is written. */
export interface Log {
  readonly trace: Say
  readonly debug: Say
  readonly info: Say
  readonly warn: Say
  readonly error: Say
  readonly fatal: Say
}
