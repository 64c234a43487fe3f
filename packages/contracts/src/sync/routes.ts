import * as z from 'zod/mini'
import { inQuery, instant, pageLimit, sequence } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { audience, change } from './change.ts'

/** The seq of the newest change of every audience that the answer covers (Y2). */
const heads = z.record(audience, sequence)

export const SYNC_PAGE_MAX = 1_000

export const load = defineRoute({
  method: 'GET',
  path: '/api/sync/load',
  summary:
    'Everything a client starts from: all that the member may see, but of each conversation only its newest message. Older ones are paged.',
  permission: signedIn,
  rateLimit: 'load',
  response: z.strictObject({ changes: z.array(change), heads, cursor: sequence, serverTime: instant }),
  errors: [],
})

export const catchUp = defineRoute({
  method: 'GET',
  path: '/api/sync',
  summary:
    'What happened since a cursor, oldest first. `load-again` when the cursor is older than what is kept (Y8).',
  permission: signedIn,
  rateLimit: 'read',
  query: z.strictObject({
    since: inQuery(sequence),
    limit: pageLimit(500, SYNC_PAGE_MAX),
  }),
  response: z.discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('changes'),
      changes: z.array(change),
      heads,
      /** Where to go on from; `more` says whether there is something right now. */
      cursor: sequence,
      more: z.boolean(),
      serverTime: instant,
    }),
    z.strictObject({ outcome: z.literal('load-again') }),
  ]),
  errors: [],
})

export const loadAudience = defineRoute({
  method: 'GET',
  path: '/api/sync/audience',
  summary: 'One audience whole, for a member who has just gained it (Y9).',
  permission: signedIn,
  rateLimit: 'read',
  query: z.strictObject({ audience }),
  response: z.strictObject({ changes: z.array(change), head: sequence }),
  errors: ['not_found'],
})
