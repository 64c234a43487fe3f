import * as z from 'zod/mini'
import { idOf, instant, sequence } from '../kernel/fields.ts'

export const conversation = z.strictObject({
  id: idOf('conversation'),
  kind: z.enum(['direct']),
  memberIds: z.array(idOf('member')),
  createdBy: idOf('member'),
  createdAt: instant,
})
export type Conversation = z.infer<typeof conversation>

/** How far one participant has received and read (Y11). Both only rise, and `seen <= delivered`. */
export const mark = z.strictObject({
  conversationId: idOf('conversation'),
  memberId: idOf('member'),
  delivered: sequence,
  seen: sequence,
})
export type Mark = z.infer<typeof mark>

/** The id that a participant's mark has in the change feed. */
export const markId = (conversationId: string, memberId: string) => `${conversationId}:${memberId}`
