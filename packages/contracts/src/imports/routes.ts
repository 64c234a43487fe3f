import * as z from 'zod/mini'
import { fileId } from '../files/file.ts'
import { idOf } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { timeZone } from '../kernel/time-zone.ts'
import { chatImport, dateOrder, IMPORTED_PEOPLE_MAX, importedPerson, importPreview } from './chat-import.ts'

const inGroup = z.strictObject({ conversationId: idOf('group') })
const ofImport = z.strictObject({ importId: idOf('import') })

/** What can be wrong with the file. */
const fileErrors = [
  'not_found',
  'no_longer_in_group',
  'upload_incomplete',
  'chat_unreadable',
  'chat_too_long',
  'archive_broken',
  'archive_locked',
  'archive_excessive',
  'archive_without_chat',
  'file_damaged',
] as const

export const previewImport = defineRoute({
  method: 'POST',
  path: '/api/groups/:conversationId/imports/preview',
  summary:
    'What there is in an exported WhatsApp chat that the caller has uploaded: text or zip. Nothing is imported. For group admins.',
  permission: signedIn,
  rateLimit: 'file',
  params: inGroup,
  body: z.strictObject({ fileId }),
  response: importPreview,
  errors: fileErrors,
})

export const startImport = defineRoute({
  method: 'POST',
  path: '/api/groups/:conversationId/imports',
  summary:
    'Import an uploaded chat into a group, message by message, in the background. The same id again answers with what it began (Y6). For group admins.',
  permission: signedIn,
  rateLimit: 'write',
  params: inGroup,
  body: z.strictObject({
    id: idOf('import'),
    fileId,
    /** Where the clock hung whose times stand in the chat. */
    timeZone,
    dateOrder,
    /** Who is who; whoever is not named here stays a name. */
    people: z.array(importedPerson).check(z.maxLength(IMPORTED_PEOPLE_MAX)),
  }),
  response: chatImport,
  errors: [...fileErrors, 'import_under_way', 'import_repeated', 'id_taken'],
})

export const listImports = defineRoute({
  method: 'GET',
  path: '/api/groups/:conversationId/imports',
  summary: 'What was imported into a group, newest first, and how far it is. For group admins.',
  permission: signedIn,
  rateLimit: 'read',
  params: inGroup,
  response: z.strictObject({ imports: z.array(chatImport) }),
  errors: ['not_found', 'no_longer_in_group'],
})

export const undoImport = defineRoute({
  method: 'POST',
  path: '/api/imports/:importId/undo',
  summary:
    'Take an import back: everything that it brought is deleted for good, in the background; also while it runs. For group admins.',
  permission: signedIn,
  rateLimit: 'write',
  params: ofImport,
  response: chatImport,
  errors: ['not_found', 'no_longer_in_group', 'import_over'],
})
