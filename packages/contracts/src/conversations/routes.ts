import * as z from 'zod/mini'
import { idOf, instant, sequence } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { conversation } from './conversation.ts'

export const startDirectConversation = defineRoute({
  method: 'POST',
  path: '/api/conversations/direct',
  summary: 'The conversation with one colleague; made now if there is none yet.',
  permission: signedIn,
  rateLimit: 'write',
  body: z.strictObject({ memberId: idOf('member') }),
  response: conversation,
  errors: ['not_found', 'direct_not_allowed'],
})

export const raiseMarksOf = defineRoute({
  method: 'PUT',
  path: '/api/conversations/:conversationId/marks',
  summary: 'Say how far the own messages were received and read. Marks only rise.',
  permission: signedIn,
  rateLimit: 'message',
  params: z.strictObject({ conversationId: idOf('conversation') }),
  body: z.strictObject({ delivered: sequence, seen: sequence }),
  errors: ['not_found'],
})

export const listMarks = defineRoute({
  method: 'GET',
  path: '/api/conversations/:conversationId/marks',
  summary: 'How far each participant has received and read, and when that last rose.',
  permission: signedIn,
  rateLimit: 'read',
  params: z.strictObject({ conversationId: idOf('conversation') }),
  response: z.strictObject({
    marks: z.array(
      z.strictObject({
        memberId: idOf('member'),
        delivered: sequence,
        /** null while nothing was. */
        deliveredAt: z.nullable(instant),
        seen: sequence,
        seenAt: z.nullable(instant),
      }),
    ),
  }),
  errors: ['not_found'],
})
