import * as z from 'zod/mini'
import { idOf } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { timeZone } from '../kernel/time-zone.ts'

export const exportChat = defineRoute({
  method: 'GET',
  path: '/api/conversations/:conversationId/export',
  summary:
    'A chat as a zip file: a page to read, the same as JSON, and the files; what the caller can see now, for who takes part in it. Ends where that does.',
  permission: signedIn,
  rateLimit: 'file',
  params: z.strictObject({ conversationId: idOf('conversation') }),
  query: z.strictObject({
    /** For the times on the page. */
    timeZone,
    /** The files as well. */
    files: z.optional(z.literal('1')),
  }),
  binary: true,
  streamed: true,
  errors: ['not_found', 'no_longer_in_group', 'export_not_allowed', 'overloaded'],
})
