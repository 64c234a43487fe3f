import { z } from 'zod'
import { errorCodeNames } from './error-codes.ts'

/** What every refused call answers, over HTTP and in socket acknowledgements alike. */
export const failure = z.strictObject({
  error: z.strictObject({
    code: z.enum(errorCodeNames),
    /** A sentence for the person. */
    message: z.string(),
    /** Sentences per field, keyed by the field's path (`email`, `departmentIds.0`). */
    fields: z.record(z.string(), z.string()).optional(),
    /** Seconds to wait before trying again, where the server knows. */
    retryAfter: z.number().nonnegative().optional(),
    /** Names this one call in the server's log. */
    requestId: z.string().optional(),
  }),
})

export type Failure = z.infer<typeof failure>
