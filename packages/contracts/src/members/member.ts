import * as z from 'zod/mini'
import { atMost, filled, idOf, instant, line, optionalLine } from '../kernel/fields.ts'
import { role } from '../kernel/permission.ts'

export const memberName = line(80)

/**
 * An e-mail address, trimmed and in lower case. Only ASCII before the @: letters of other scripts that
 * look like Latin ones would let one person pass for another. The domain may be international; it is kept in
 * the spelling that was given, and compared in ASCII by the server.
 */
export const email = z.pipe(
  z.pipe(
    z.string().check(z.trim(), filled, atMost(254)),
    z.transform((value) => value.normalize('NFKC').toLowerCase()),
  ),
  z.string().check(
    z.refine((value) => value.includes('@') && /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value), {
      error: 'An e-mail address looks like name@example.org.',
      abort: true,
    }),
    z.refine((value) => /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/.test(value.slice(0, value.lastIndexOf('@'))), {
      error: 'Before the @, use only the letters a to z, digits and signs such as . - _ +',
    }),
    z.refine((value) => /^[\p{L}\p{N}.-]+$/u.test(value.slice(value.lastIndexOf('@') + 1)), {
      error: 'After the @, use only letters, digits, dots and hyphens.',
    }),
    z.refine((value) => value.lastIndexOf('@') <= 64, { error: 'At most 64 characters before the @.' }),
  ),
)

/** A password as given at sign-in: any, so that nothing about the rules shows there. */
export const password = z.string().check(filled, atMost(256))

const PASSWORD_MIN_LENGTH = 12

/** A password being chosen. How easily it is guessed is checked besides, on both ends (`weak_password`). */
export const newPassword = z.string().check(
  atMost(256),
  z.refine((value) => value.length >= PASSWORD_MIN_LENGTH, {
    error: (issue) =>
      `At least ${PASSWORD_MIN_LENGTH} characters. This one has ${String((issue.input as string).length)}.`,
  }),
)

export const statusText = optionalLine(140)

/** What every member of the organisation sees of a colleague. The name of a deleted one stays with what they wrote. */
export const member = z.strictObject({
  id: idOf('member'),
  name: z.string(),
  role,
  departmentIds: z.array(idOf('department')).check(z.maxLength(50)),
  statusText: z.string(),
  /** Changes with every new picture, so that its address can be cached for ever; null without one. */
  pictureVersion: z.nullable(z.string()),
  state: z.enum(['active', 'deactivated', 'deleted']),
})
export type Member = z.infer<typeof member>

/** What admins see of a member besides. */
export const account = z.strictObject({
  id: idOf('member'),
  email: z.string(),
  passwordIsTemporary: z.boolean(),
  createdAt: instant,
})
export type Account = z.infer<typeof account>

/**
 * What a member keeps to themselves, as far as the organisation's rules allow it. It goes both ways: who hides something does not see
 * it of others.
 */
export const privacy = z.strictObject({
  /** Nobody sees that they are here. */
  appearOffline: z.boolean(),
  /** Nobody sees when they were here. */
  hideLastSeen: z.boolean(),
  /** Nobody sees what they have read. */
  hideSeen: z.boolean(),
})
export type Privacy = z.infer<typeof privacy>

/** What a member alone sees of themselves. */
export const ownProfile = z.strictObject({
  id: idOf('member'),
  organisationId: idOf('organisation'),
  email: z.string(),
  passwordIsTemporary: z.boolean(),
  privacy,
})
export type OwnProfile = z.infer<typeof ownProfile>
