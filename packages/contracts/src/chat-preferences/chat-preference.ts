import * as z from 'zod/mini'
import { idOf, instant, sequence } from '../kernel/fields.ts'

/** What one member wants of one chat; told to that member's devices alone. */
export const chatPreference = z.strictObject({
  conversationId: idOf('conversation'),
  /** Stands before all others in the list. */
  pinned: z.boolean(),
  /** No sound and no notification until then; null for a chat that is not muted. */
  mutedUntil: z.nullable(instant),
  /** Folded away as it was at this message, with so many system lines up to it; null for a chat that is not. */
  archived: z.nullable(z.strictObject({ number: sequence, quiet: sequence })),
  /** The person wants to come back to it; over when it is opened. */
  markedUnread: z.boolean(),
  /** Messages up to this number are gone for the member, `quiet` of them system lines; null when none are. */
  cleared: z.nullable(z.strictObject({ number: sequence, quiet: sequence })),
})
export type ChatPreference = z.infer<typeof chatPreference>

/** What of it can be asked for. */
export const chatPatch = z.partial(
  z.strictObject({
    pinned: z.boolean(),
    mutedUntil: z.nullable(instant),
    /** Fold it away, as it was at this message; null brings it back. */
    archived: z.nullable(sequence),
    markedUnread: z.boolean(),
    /** Messages up to this number vanish; it only rises. */
    clearedUpTo: sequence,
  }),
)
export type ChatPatch = z.infer<typeof chatPatch>

/** What one member wants of all chats. */
export const chatSettings = z.strictObject({
  /** An archived chat comes back with the next message, and not only when somebody mentions the member there. */
  archivedReturn: z.boolean(),
})
export type ChatSettings = z.infer<typeof chatSettings>
