import * as z from 'zod/mini'
import { idOf } from '../kernel/fields.ts'
import { adminOnly, role, signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { session } from '../sessions/session.ts'
import { email, member, memberName, newPassword, password, statusText } from './member.ts'
import { PICTURE_UPLOAD } from './picture-upload.ts'

const memberParams = z.strictObject({ memberId: idOf('member') })
const departmentIds = z.array(idOf('department')).check(z.maxLength(50, { error: 'At most 50 departments.' }))

export const memberForm = z.strictObject({
  name: memberName,
  email,
  role,
  departmentIds,
  password: newPassword,
})

export const createMember = defineRoute({
  method: 'POST',
  path: '/api/members',
  summary: 'Create a member with an e-mail and a password.',
  permission: adminOnly,
  rateLimit: 'write',
  body: memberForm,
  response: member,
  errors: ['email_taken', 'weak_password', 'not_found'],
})

export const changeMember = defineRoute({
  method: 'PATCH',
  path: '/api/members/:memberId',
  summary: 'Change the name, e-mail, role or departments of a member.',
  permission: adminOnly,
  rateLimit: 'write',
  params: memberParams,
  body: z.partial(z.omit(memberForm, { password: true })),
  response: member,
  errors: ['email_taken', 'last_admin', 'not_found'],
})

export const deactivateMember = defineRoute({
  method: 'POST',
  path: '/api/members/:memberId/deactivate',
  summary: 'Switch off access: signed out everywhere within a second; messages stay.',
  permission: adminOnly,
  rateLimit: 'write',
  params: memberParams,
  response: member,
  errors: ['last_admin', 'not_found'],
})

export const reactivateMember = defineRoute({
  method: 'POST',
  path: '/api/members/:memberId/reactivate',
  summary: 'Give access back to a deactivated member.',
  permission: adminOnly,
  rateLimit: 'write',
  params: memberParams,
  response: member,
  errors: ['not_found'],
})

export const deleteMember = defineRoute({
  method: 'DELETE',
  path: '/api/members/:memberId',
  summary: 'Delete a member for good. Their messages stay, with the name; the e-mail becomes free.',
  permission: adminOnly,
  rateLimit: 'write',
  params: memberParams,
  errors: ['last_admin', 'not_found'],
})

export const resetMemberPassword = defineRoute({
  method: 'POST',
  path: '/api/members/:memberId/reset-password',
  summary: 'Set a temporary password, shown once; it must be changed at the next sign-in. Ends all sessions.',
  permission: adminOnly,
  rateLimit: 'write',
  params: memberParams,
  response: z.strictObject({ temporaryPassword: z.string() }),
  errors: ['not_found'],
})

export const listMemberSessions = defineRoute({
  method: 'GET',
  path: '/api/members/:memberId/sessions',
  summary: "A member's sessions: device, address, last used.",
  permission: adminOnly,
  rateLimit: 'read',
  params: memberParams,
  response: z.strictObject({ sessions: z.array(session) }),
  errors: ['not_found'],
})

export const endMemberSessions = defineRoute({
  method: 'DELETE',
  path: '/api/members/:memberId/sessions',
  summary: 'Sign a member out everywhere.',
  permission: adminOnly,
  rateLimit: 'write',
  params: memberParams,
  errors: ['not_found'],
})

export const changeOwnProfile = defineRoute({
  method: 'PATCH',
  path: '/api/me',
  summary: 'Change the own name or status text.',
  permission: signedIn,
  rateLimit: 'write',
  body: z.partial(z.strictObject({ name: memberName, statusText })),
  response: member,
  errors: [],
})

export const changeOwnPassword = defineRoute({
  method: 'PUT',
  path: '/api/me/password',
  summary: 'Change the own password. Ends all other sessions.',
  permission: { ...signedIn, evenWithTemporaryPassword: true },
  rateLimit: 'sign-in',
  body: z.strictObject({ current: password, next: newPassword }),
  errors: ['wrong_password', 'weak_password'],
})

/** Of the bytes, so that a picture's address may be remembered for good. */
export const pictureVersion = z.string().check(z.regex(/^[a-f0-9]{16}$/))

export const setOwnPicture = defineRoute({
  method: 'PUT',
  path: '/api/me/picture',
  summary:
    'Set the own picture: JPEG, PNG or WebP. It is cut square, made small and stripped of its metadata.',
  permission: signedIn,
  rateLimit: 'upload',
  upload: PICTURE_UPLOAD,
  response: member,
  errors: ['picture_unreadable', 'unsupported_type'],
})

export const removeOwnPicture = defineRoute({
  method: 'DELETE',
  path: '/api/me/picture',
  summary: 'Remove the own picture.',
  permission: signedIn,
  rateLimit: 'write',
  response: member,
  errors: [],
})

export const memberPicture = defineRoute({
  method: 'GET',
  path: '/api/members/:memberId/picture/:version',
  summary: "A member's picture, 256 pixels square, WebP.",
  permission: signedIn,
  rateLimit: 'read',
  params: z.strictObject({ memberId: idOf('member'), version: pictureVersion }),
  binary: true,
  errors: ['not_found'],
})
