import * as z from 'zod/mini'
import { idOf, instant } from '../kernel/fields.ts'
import { role } from '../kernel/permission.ts'

/** What admins see of an invite. The link itself is shown once, when it is made. */
export const invite = z.strictObject({
  id: idOf('invite'),
  email: z.nullable(z.string()),
  role,
  departmentIds: z.array(idOf('department')),
  createdBy: idOf('member'),
  createdAt: instant,
  /** A pending invite whose time has passed is expired; clients compare with the server's time. */
  expiresAt: instant,
  state: z.enum(['pending', 'used', 'revoked']),
  usedBy: z.nullable(idOf('member')),
  usedAt: z.nullable(instant),
})
export type Invite = z.infer<typeof invite>
