import * as z from 'zod/mini'
import { idOf } from '../kernel/fields.ts'
import { defineEvent } from '../kernel/event.ts'
import { signedIn } from '../kernel/permission.ts'
import { changeOf } from '../sync/change.ts'
import { messageContent, saysSomething } from './message.ts'

export const sendMessage = defineEvent({
  name: 'messages.send',
  summary:
    'Send a message. Acknowledged once it is durable, with the change that records it; the same id again answers with the first result (Y6).',
  permission: signedIn,
  rateLimit: 'message',
  payload: z
    .strictObject({ id: idOf('message'), conversationId: idOf('conversation'), ...messageContent })
    .check(saysSomething),
  ack: z.strictObject({ change: changeOf('message') }),
})
