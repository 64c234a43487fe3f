import * as z from 'zod/mini'
import { adminOnly } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { communication } from './communication.ts'

export const changeCommunication = defineRoute({
  method: 'PATCH',
  path: '/api/organisation/communication',
  summary: 'Change how people may communicate in the own organisation. What is not given stays.',
  permission: adminOnly,
  rateLimit: 'write',
  body: z.partial(communication),
  response: communication,
  errors: [],
})
