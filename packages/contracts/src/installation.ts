import * as z from 'zod/mini'
import { anyoneBecause } from './kernel/permission.ts'
import { defineRoute } from './kernel/route.ts'

export const installation = defineRoute({
  method: 'GET',
  path: '/api/installation',
  summary: 'What a client needs to know before anybody signs in.',
  permission: anyoneBecause('the sign-in pages ask for it'),
  rateLimit: 'read',
  response: z.strictObject({
    version: z.string(),
    protocolVersion: z.int(),
    oldestProtocolVersion: z.int(),
    /** Whether password resets and invitations can be mailed. */
    mail: z.boolean(),
    /** Nobody has signed up yet: the first thing to do is to create an organisation. Says nothing about any of them. */
    empty: z.boolean(),
  }),
  errors: [],
})
