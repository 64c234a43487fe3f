import * as z from 'zod/mini'
import { idOf, inQuery, instant, pageLimit, sequence } from '../kernel/fields.ts'
import { adminOnly, signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { changeOf } from '../sync/change.ts'
import { conversation, disappearAfter } from '../conversations/conversation.ts'
import { emojis } from './reaction.ts'
import { STARRED_PAGE_MAX } from './bounds.ts'
import { message, messageContent, messageText, saysSomething } from './message.ts'

const inConversation = z.strictObject({ conversationId: idOf('conversation') })

export const MESSAGE_PAGE_MAX = 100

export const listMessages = defineRoute({
  method: 'GET',
  path: '/api/conversations/:conversationId/messages',
  summary: 'A page of history, oldest first: the messages from a number on, those before one, or the newest.',
  permission: signedIn,
  rateLimit: 'read',
  params: inConversation,
  query: z.strictObject({
    before: z.optional(inQuery(sequence)),
    from: z.optional(inQuery(sequence)),
    limit: pageLimit(50, MESSAGE_PAGE_MAX),
  }),
  response: z.strictObject({
    /** As changes, so that the client applies them as it applies everything. */
    changes: z.array(changeOf('message')),
    /** To the messages of the page. */
    reactions: z.array(changeOf('reaction')),
    /** Nothing is older than this page. */
    reachedStart: z.boolean(),
    /** Nothing is newer than this page. */
    reachedEnd: z.boolean(),
  }),
  errors: ['not_found'],
})

export const sendMessageByRequest = defineRoute({
  method: 'POST',
  path: '/api/conversations/:conversationId/messages',
  summary: 'Send a message. The same id again answers with the first result (Y6).',
  permission: signedIn,
  rateLimit: 'message',
  params: inConversation,
  body: z.strictObject({ id: idOf('message'), ...messageContent }).check(saysSomething),
  response: message,
  errors: [
    'not_found',
    'id_taken',
    'announcement_only',
    'no_longer_in_group',
    'message_deleted',
    'upload_incomplete',
    'files_not_allowed',
    'file_kind_not_allowed',
    'file_too_large',
    'overloaded',
    'storage_full',
  ],
})

export const editMessage = defineRoute({
  method: 'PATCH',
  path: '/api/messages/:messageId',
  summary: 'Change the text of an own message, within the time that the organisation allows.',
  permission: signedIn,
  rateLimit: 'message',
  params: z.strictObject({ messageId: idOf('message') }),
  /** Whom it mentions is said anew. */
  body: z.strictObject({ text: messageText, mentions: messageContent.mentions }),
  /** As a change, so that the client applies it as it applies everything. */
  response: z.strictObject({ change: changeOf('message') }),
  errors: [
    'not_found',
    'forbidden',
    'announcement_only',
    'no_longer_in_group',
    'recipient_gone',
    'message_deleted',
    'too_late_to_edit',
    'edited_too_often',
    'overloaded',
    'storage_full',
  ],
})

export const setDisappearing = defineRoute({
  method: 'PUT',
  path: '/api/conversations/:conversationId/disappearing',
  summary:
    'Let messages that are sent from now on disappear some time later, or not any more; in groups for their admins.',
  permission: signedIn,
  rateLimit: 'write',
  params: inConversation,
  body: z.strictObject({ after: z.nullable(disappearAfter) }),
  response: conversation,
  errors: ['not_found', 'no_longer_in_group', 'recipient_gone'],
})

export const deleteMessage = defineRoute({
  method: 'DELETE',
  path: '/api/messages/:messageId',
  summary:
    'Delete a message for everyone, within the time that the organisation allows: an own one, or as an admin of the group.',
  permission: signedIn,
  rateLimit: 'message',
  params: z.strictObject({ messageId: idOf('message') }),
  response: z.strictObject({ change: changeOf('message') }),
  errors: [
    'not_found',
    'forbidden',
    'no_longer_in_group',
    'too_late_to_delete',
    'overloaded',
    'storage_full',
  ],
})

export const reactToMessage = defineRoute({
  method: 'PUT',
  path: '/api/messages/:messageId/reactions',
  summary: 'Say with emoji what one has to say to a message, in place of what one said so before.',
  permission: signedIn,
  rateLimit: 'message',
  params: z.strictObject({ messageId: idOf('message') }),
  body: z.strictObject({ emojis }),
  response: z.strictObject({ change: changeOf('reaction') }),
  errors: ['not_found', 'no_longer_in_group', 'message_deleted', 'overloaded', 'storage_full'],
})

export const starMessage = defineRoute({
  method: 'PUT',
  path: '/api/messages/:messageId/star',
  summary: 'Star a message, for oneself, or take the star back. The same again changes nothing.',
  permission: signedIn,
  rateLimit: 'message',
  params: z.strictObject({ messageId: idOf('message') }),
  body: z.strictObject({ starred: z.boolean() }),
  response: z.strictObject({ change: changeOf('own-message') }),
  errors: ['not_found', 'message_deleted', 'overloaded', 'storage_full'],
})

export const hideMessage = defineRoute({
  method: 'PUT',
  path: '/api/messages/:messageId/hidden',
  summary: 'Delete a message for oneself, for good: the others keep it.',
  permission: signedIn,
  rateLimit: 'message',
  params: z.strictObject({ messageId: idOf('message') }),
  response: z.strictObject({ change: changeOf('own-message') }),
  errors: ['not_found', 'overloaded', 'storage_full'],
})

/** Which messages are starred every device knows; it asks for those that it does not hold. */
export const starredMessages = defineRoute({
  method: 'POST',
  path: '/api/me/starred',
  summary: 'Of these messages those that one has starred and may still read.',
  permission: signedIn,
  rateLimit: 'read',
  body: z.strictObject({
    messageIds: z.array(idOf('message')).check(z.maxLength(STARRED_PAGE_MAX)),
  }),
  response: z.strictObject({ changes: z.array(changeOf('message')) }),
  errors: [],
})

export const pinMessage = defineRoute({
  method: 'PUT',
  path: '/api/messages/:messageId/pin',
  summary:
    'Put a message above the others of its chat, for everybody in it, or take it down. Whoever may write there may; the oldest gives way to a fourth.',
  permission: signedIn,
  rateLimit: 'message',
  params: z.strictObject({ messageId: idOf('message') }),
  body: z.strictObject({ pinned: z.boolean() }),
  response: z.strictObject({ changes: z.array(changeOf('conversation')) }),
  errors: [
    'not_found',
    'message_deleted',
    'no_longer_in_group',
    'recipient_gone',
    'announcement_only',
    'overloaded',
    'storage_full',
  ],
})

export const listEdits = defineRoute({
  method: 'GET',
  path: '/api/messages/:messageId/edits',
  summary:
    'What a message said before each of its edits, oldest first: for admins, of the chats that they take part in. Of a deleted one nothing is left.',
  permission: adminOnly,
  rateLimit: 'read',
  params: z.strictObject({ messageId: idOf('message') }),
  response: z.strictObject({
    edits: z.array(
      z.strictObject({
        /** What it said until then. */
        text: z.string(),
        /** When it was changed. */
        at: instant,
      }),
    ),
  }),
  errors: ['not_found', 'no_longer_in_group'],
})
