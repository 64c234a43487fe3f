import * as z from 'zod/mini'
import { fileKind } from '../communication/communication.ts'
import { idOf, inQuery, instant, sequence } from '../kernel/fields.ts'
import { signedIn } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { POSTER_MAX_BYTES } from './bounds.ts'
import { byteCount, file, fileId, mediaFacts } from './file.ts'

const ofFile = z.strictObject({ fileId })

/*
 * From a device to a message in four steps, each of which may be repeated:
 * 1. `createFile` says what will come, under an id that the client makes, and is told at once when it is too much.
 * 2. tus carries the bytes to `uploadPath` (paths.ts): `new tus.Upload(blob, { uploadUrl, … })` asks `uploadOffset` and goes on with `uploadBytes`.
 * 3. `finishFile` looks at what came and makes previews; the answer is what others will see.
 * 4. `messages.send` carries `files: [id, …]`.
 * A file that no message carries a day after it was last touched is removed.
 */
/** Where an upload stands. */
export const uploadState = z.strictObject({
  id: fileId,
  size: byteCount,
  /** So many bytes are here. */
  offset: byteCount,
  /** `finished` by `finishFile`; nothing can be uploaded any more. */
  state: z.enum(['uploading', 'finished']),
  /** When it is removed if nothing more happens. */
  expiresAt: instant,
})
export type UploadState = z.infer<typeof uploadState>

export const fileLimits = defineRoute({
  method: 'GET',
  path: '/api/files/limits',
  summary: 'How large a file may be, and how much room the organisation has.',
  permission: signedIn,
  rateLimit: 'read',
  response: z.strictObject({
    maxBytes: byteCount,
    /** null where there is no bound but the disk. */
    quotaBytes: z.nullable(byteCount),
    usedBytes: byteCount,
  }),
  errors: [],
})

export const createFile = defineRoute({
  method: 'POST',
  path: '/api/files',
  summary:
    'Say what will be uploaded, before a byte of it is. The same id again answers where its upload stands (Y6).',
  permission: signedIn,
  rateLimit: 'file',
  body: z.strictObject({
    id: fileId,
    /** As on the device; it is cleaned. */
    name: z.string().check(z.minLength(1), z.maxLength(2_000)),
    size: byteCount.check(z.minimum(1, { error: 'This file is empty.' })),
    /** What the device takes it for; its content decides. */
    type: z.string().check(z.maxLength(200)),
    /** What the sender means it to be shown as; its content decides. */
    kind: fileKind,
  }),
  response: uploadState,
  errors: [
    'files_not_allowed',
    'file_kind_not_allowed',
    'file_too_large',
    'quota_full',
    'uploads_unfinished',
    'id_taken',
    'upload_conflict',
    'storage_full',
  ],
})

export const uploadOffset = defineRoute({
  method: 'HEAD',
  path: '/api/files/:fileId/upload',
  summary: 'How much of an own upload is here (tus 1.0: `Upload-Offset`, `Upload-Length`, `Upload-Expires`).',
  permission: signedIn,
  rateLimit: 'transfer',
  params: ofFile,
  tus: true,
  errors: ['not_found'],
})

export const uploadBytes = defineRoute({
  method: 'PATCH',
  path: '/api/files/:fileId/upload',
  summary:
    'The bytes from `Upload-Offset` on (tus 1.0). What arrived before a connection broke is kept; go on from the offset that `uploadOffset` tells.',
  permission: signedIn,
  rateLimit: 'transfer',
  params: ofFile,
  tus: true,
  errors: ['not_found', 'upload_conflict', 'too_large', 'storage_full'],
})

export const cancelUpload = defineRoute({
  method: 'DELETE',
  path: '/api/files/:fileId/upload',
  summary: 'Remove an own file that no message carries, finished or not (tus 1.0).',
  permission: signedIn,
  rateLimit: 'transfer',
  params: ofFile,
  tus: true,
  errors: ['not_found'],
})

export const setPoster = defineRoute({
  method: 'PUT',
  path: '/api/files/:fileId/poster',
  summary: 'A picture that stands for an own video until it plays; before a message carries it.',
  permission: signedIn,
  rateLimit: 'file',
  params: ofFile,
  upload: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: POSTER_MAX_BYTES },
  errors: ['not_found', 'picture_unreadable', 'storage_full'],
})

export const finishFile = defineRoute({
  method: 'POST',
  path: '/api/files/:fileId/finish',
  summary:
    'All bytes are here: learn what they are, strip pictures of what they tell of their maker, and make previews. Again, it answers the same.',
  permission: signedIn,
  rateLimit: 'file',
  params: ofFile,
  body: mediaFacts,
  response: file,
  errors: [
    'not_found',
    'upload_incomplete',
    'file_kind_not_allowed',
    'picture_too_large',
    'file_damaged',
    'quota_full',
    'storage_full',
  ],
})

export const fileContent = defineRoute({
  method: 'GET',
  path: '/api/files/:fileId/content',
  summary:
    'The bytes, or a range of them. For its uploader until a message carries it; then for whoever can see such a message.',
  permission: signedIn,
  rateLimit: 'transfer',
  params: ofFile,
  query: z.strictObject({ download: z.optional(z.literal('1')) }),
  binary: true,
  ranges: true,
  errors: ['not_found', 'file_damaged', 'range_outside'],
})

export const filePreview = defineRoute({
  method: 'GET',
  path: '/api/files/:fileId/preview',
  summary: 'A small picture of it: WebP, at most 640 pixels wide and high.',
  permission: signedIn,
  rateLimit: 'transfer',
  params: ofFile,
  binary: true,
  errors: ['not_found', 'file_damaged'],
})

export const listConversationFiles = defineRoute({
  method: 'GET',
  path: '/api/conversations/:conversationId/files',
  summary: 'A page of the files in a conversation, newest first; all files of a message stand on one page.',
  permission: signedIn,
  rateLimit: 'read',
  params: z.strictObject({ conversationId: idOf('conversation') }),
  query: z.strictObject({
    /** Pictures and videos; documents and music; voice notes. */
    which: z.enum(['media', 'documents', 'voice']),
    /** Only of messages before this number. */
    before: z.optional(inQuery(sequence)),
  }),
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        messageId: idOf('message'),
        number: sequence,
        senderId: idOf('member'),
        /** Who wrote it, where it was imported and that is no member; `senderId` is then who imported it. Absent otherwise. */
        author: z.optional(z.string()),
        sentAt: instant,
        file,
      }),
    ),
    /** Nothing is older than this page. */
    reachedStart: z.boolean(),
  }),
  errors: ['not_found'],
})
