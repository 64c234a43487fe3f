import * as z from 'zod/mini'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { privacy } from '../members/member.ts'

export const changePrivacy = defineRoute({
  method: 'PATCH',
  path: '/api/me/privacy',
  summary: 'Hide from others, or show them again, that one is here, when one was, and what one has read.',
  permission: signedIn,
  rateLimit: 'write',
  body: z.partial(privacy),
  response: privacy,
  errors: ['hiding_not_allowed'],
})
