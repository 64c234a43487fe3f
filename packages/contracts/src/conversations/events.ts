import * as z from 'zod/mini'
import { idOf, sequence } from '../kernel/fields.ts'
import { defineEvent, defineSignal } from '../kernel/event.ts'
import { signedIn } from '../kernel/permission.ts'

export const raiseMarks = defineEvent({
  name: 'marks.raise',
  summary: 'How far messages were received and read, in one batch for many conversations (Y11).',
  permission: signedIn,
  rateLimit: 'signal',
  payload: z.strictObject({
    marks: z
      .array(z.strictObject({ conversationId: idOf('conversation'), delivered: sequence, seen: sequence }))
      .check(z.minLength(1), z.maxLength(200)),
  }),
  ack: z.strictObject({}),
})

export const signalTyping = defineEvent({
  name: 'typing.signal',
  summary: 'The person is typing, or has stopped.',
  permission: signedIn,
  rateLimit: 'signal',
  payload: z.strictObject({ conversationId: idOf('conversation'), typing: z.boolean() }),
})

export const typing = defineSignal({
  name: 'typing',
  summary: 'Somebody in a conversation of yours is typing, or has stopped.',
  payload: z.strictObject({
    conversationId: idOf('conversation'),
    memberId: idOf('member'),
    typing: z.boolean(),
  }),
})
