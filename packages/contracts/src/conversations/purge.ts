import * as z from 'zod/mini'
import { idOf, sequence } from '../kernel/fields.ts'

/** Messages that were deleted for good, whatever they were; their numbers are not given again. */
const purgedRange = z.strictObject({
  /** The first of their numbers and the last. */
  from: sequence,
  to: sequence,
  /** `retention` by the organisation's rule, `expired` by the chat's own timer, `undone` with the import that brought them. */
  why: z.enum(['retention', 'expired', 'undone']),
  /** What was older than so many days, where that was the rule. */
  days: z.nullable(z.int()),
  /** Who set that rule, or undid the import; null where nobody is to be named. */
  memberId: z.nullable(idOf('member')),
})

/** What of a conversation's history is gone for everybody. */
export const purge = z.strictObject({
  conversationId: idOf('conversation'),
  /** In the order of their numbers, none touching a like one. */
  ranges: z.array(purgedRange),
})
export type Purge = z.infer<typeof purge>
