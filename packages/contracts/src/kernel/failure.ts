import * as z from 'zod/mini'
import { errorCodeNames } from './error-codes.ts'

/** What every refused call answers, over HTTP and in socket acknowledgements alike. */
export const failure = z.strictObject({
  error: z.strictObject({
    code: z.enum(errorCodeNames),
    /** A sentence for the person. */
    message: z.string(),
    /** Sentences per field, keyed by the field's path (`email`, `departmentIds.0`). */
    fields: z.optional(z.record(z.string(), z.string())),
    /** Seconds to wait before trying again, where the server knows. */
    retryAfter: z.optional(z.number().check(z.nonnegative())),
    /** Names this one call in the server's log. */
    requestId: z.optional(z.string()),
  }),
})

export type Failure = z.infer<typeof failure>
