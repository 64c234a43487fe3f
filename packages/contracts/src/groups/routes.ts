import * as z from 'zod/mini'
import { conversation, groupDescription, groupName, groupSettings } from '../conversations/conversation.ts'
import { idOf } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { PICTURE_UPLOAD } from '../members/picture-upload.ts'
import { pictureVersion } from '../members/routes.ts'

/** So many can be added by one call; a group may be larger. */
const ADDED_AT_ONCE_MAX = 1_000

const inGroup = z.strictObject({ conversationId: idOf('group') })
const memberIds = z.array(idOf('member')).check(z.maxLength(ADDED_AT_ONCE_MAX))

export const createGroup = defineRoute({
  method: 'POST',
  path: '/api/groups',
  summary: 'A new group of the caller, its first admin, and these members.',
  permission: signedIn,
  rateLimit: 'write',
  body: z.strictObject({ name: groupName, description: z._default(groupDescription, ''), memberIds }),
  response: conversation,
  errors: ['not_found', 'recipient_gone', 'group_not_allowed'],
})

export const changeGroup = defineRoute({
  method: 'PATCH',
  path: '/api/groups/:conversationId',
  summary: 'Change name, description or settings; for group admins. What is not given stays.',
  permission: signedIn,
  rateLimit: 'write',
  params: inGroup,
  body: z.partial(z.strictObject({ name: groupName, description: groupDescription, ...groupSettings })),
  response: conversation,
  errors: ['not_found', 'no_longer_in_group'],
})

export const addToGroup = defineRoute({
  method: 'POST',
  path: '/api/groups/:conversationId/members',
  summary: 'Add members; for group admins, or for everybody in it where the group allows that.',
  permission: signedIn,
  rateLimit: 'write',
  params: inGroup,
  body: z.strictObject({ memberIds }),
  response: conversation,
  errors: ['not_found', 'recipient_gone', 'no_longer_in_group'],
})

export const removeFromGroup = defineRoute({
  method: 'POST',
  path: '/api/groups/:conversationId/removals',
  summary:
    'Remove a member; for group admins. They keep what was written until then, unless that is taken away too.',
  permission: signedIn,
  rateLimit: 'write',
  params: inGroup,
  body: z.strictObject({ memberId: idOf('member'), keepsHistory: z._default(z.boolean(), true) }),
  response: conversation,
  errors: ['not_found', 'no_longer_in_group'],
})

export const leaveGroup = defineRoute({
  method: 'POST',
  path: '/api/groups/:conversationId/leave',
  summary:
    'Leave a group and keep what was written until then. Its last admin hands over to who has been in it longest.',
  permission: signedIn,
  rateLimit: 'write',
  params: inGroup,
  errors: ['not_found', 'no_longer_in_group'],
})

export const setGroupAdmin = defineRoute({
  method: 'PUT',
  path: '/api/groups/:conversationId/admins/:memberId',
  summary: 'Make a participant a group admin, or take that back; for group admins.',
  permission: signedIn,
  rateLimit: 'write',
  params: z.strictObject({ conversationId: idOf('group'), memberId: idOf('member') }),
  body: z.strictObject({ admin: z.boolean() }),
  response: conversation,
  errors: ['not_found', 'last_group_admin', 'no_longer_in_group'],
})

export const setGroupPicture = defineRoute({
  method: 'PUT',
  path: '/api/groups/:conversationId/picture',
  summary:
    "Set a group's picture; for group admins. JPEG, PNG or WebP. It is cut square, made small and stripped of its metadata.",
  permission: signedIn,
  rateLimit: 'upload',
  params: inGroup,
  upload: PICTURE_UPLOAD,
  response: conversation,
  errors: ['not_found', 'no_longer_in_group', 'picture_unreadable', 'unsupported_type'],
})

export const removeGroupPicture = defineRoute({
  method: 'DELETE',
  path: '/api/groups/:conversationId/picture',
  summary: "Remove a group's picture; for group admins.",
  permission: signedIn,
  rateLimit: 'write',
  params: inGroup,
  response: conversation,
  errors: ['not_found', 'no_longer_in_group'],
})

export const groupPicture = defineRoute({
  method: 'GET',
  path: '/api/groups/:conversationId/picture/:version',
  summary: "A group's picture, 256 pixels square, WebP; for who is in it.",
  permission: signedIn,
  rateLimit: 'read',
  params: z.strictObject({ conversationId: idOf('group'), version: pictureVersion }),
  binary: true,
  errors: ['not_found', 'no_longer_in_group'],
})
