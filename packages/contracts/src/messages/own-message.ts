import * as z from 'zod/mini'
import { idOf, instant, sequence } from '../kernel/fields.ts'

/** What one member has noted of one message; told to that member's devices alone. */
export const ownMessage = z.strictObject({
  conversationId: idOf('conversation'),
  messageId: idOf('message'),
  /** The message's. */
  number: sequence,
  /** Since when it is starred; null when it is not. */
  starredAt: z.nullable(instant),
  /** Deleted for that member: they do not see it anywhere any more. */
  hidden: z.boolean(),
})
export type OwnMessage = z.infer<typeof ownMessage>
