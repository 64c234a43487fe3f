import type { DomainError, DomainErrorDetail } from '../../../kernel/domain-error.ts'
import type { Encoding } from '../../../kernel/long-reads.ts'

/** What the read thread is started with. */
export interface ReadThreadData {
  readonly file: string
}

/** Instead of a question: there will be no more. */
export const GO = 'go'

export interface ReadQuestion {
  readonly name: string
  readonly input: unknown
  readonly encoding: Encoding | null
}

/** What comes back: the answer, a refusal from the catalogue, or what nobody expected. */
export type ReadReply =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly encoding: Encoding | null }
  | { readonly code: DomainError['code']; readonly detail: DomainErrorDetail }
  | { readonly fault: Error }
