/**
 * The closed catalogue of what can go wrong. `action` tells the client what to do:
 * `retry` the same call later, `sign-in` again, `reload` the page for a newer program,
 * or `tell` the person, who has to change something.
 */
export type ErrorAction = 'retry' | 'sign-in' | 'reload' | 'tell'

export interface ErrorEntry {
  /** HTTP status; sockets carry the code alone. */
  readonly status: number
  readonly action: ErrorAction
  /** What the person reads when no screen has a better sentence. */
  readonly message: string
}

export const errorCodes = {
  invalid_input: { status: 400, action: 'tell', message: 'Some of this is not filled in correctly.' },
  malformed_request: { status: 400, action: 'tell', message: 'This request could not be read.' },
  too_large: { status: 413, action: 'tell', message: 'This is too large to be accepted.' },
  unsupported_type: { status: 415, action: 'tell', message: 'This kind of content is not accepted here.' },
  not_signed_in: { status: 401, action: 'sign-in', message: 'Please sign in again.' },
  wrong_credentials: {
    status: 401,
    action: 'tell',
    message: 'The e-mail and password do not belong together. Check both and try again.',
  },
  member_deactivated: {
    status: 403,
    action: 'sign-in',
    message: 'Your access has been switched off. Ask an admin of your organisation.',
  },
  password_change_required: {
    status: 403,
    action: 'tell',
    message: 'Choose a new password before you go on.',
  },
  forbidden: { status: 403, action: 'tell', message: 'You are not allowed to do this. Ask an admin.' },
  foreign_origin: { status: 403, action: 'tell', message: 'This request came from another site.' },
  https_required: {
    status: 403,
    action: 'tell',
    message: 'Parley is reached by HTTPS here. Open the same address with https:// in front.',
  },
  not_found: { status: 404, action: 'tell', message: 'This does not exist, or you cannot see it.' },
  email_taken: {
    status: 409,
    action: 'tell',
    message: 'Somebody in this organisation already uses this e-mail.',
  },
  id_taken: {
    status: 409,
    action: 'tell',
    message: 'This was already used for something else. Send it again.',
  },
  recipient_gone: {
    status: 409,
    action: 'tell',
    message: 'This person no longer has access here, so nobody would read it.',
  },
  announcement_only: {
    status: 403,
    action: 'tell',
    message: 'Only the admins of this group can write here.',
  },
  no_longer_in_group: {
    status: 403,
    action: 'tell',
    message: 'You are no longer in this group, so nothing can be sent or changed there.',
  },
  message_deleted: {
    status: 409,
    action: 'tell',
    message: 'This message was deleted meanwhile.',
  },
  last_group_admin: {
    status: 409,
    action: 'tell',
    message: 'This is the last admin of the group. Make somebody else an admin first.',
  },
  direct_not_allowed: {
    status: 403,
    action: 'tell',
    message: 'Your organisation does not let you start a chat with this person. An admin can.',
  },
  group_not_allowed: {
    status: 403,
    action: 'tell',
    message: 'Your organisation does not let you create groups. Ask an admin.',
  },
  files_not_allowed: {
    status: 403,
    action: 'tell',
    message: 'Your organisation does not let you share files. Ask an admin.',
  },
  file_kind_not_allowed: {
    status: 403,
    action: 'tell',
    message: 'Your organisation does not allow files of this kind.',
  },
  too_late_to_edit: {
    status: 409,
    action: 'tell',
    message: 'This was sent too long ago to be edited.',
  },
  edited_too_often: {
    status: 409,
    action: 'tell',
    message: 'This was edited so many times that it cannot be edited again. Send a new message instead.',
  },
  too_late_to_delete: {
    status: 409,
    action: 'tell',
    message: 'This was sent too long ago to be deleted for everyone.',
  },
  export_not_allowed: {
    status: 403,
    action: 'tell',
    message: 'Your organisation does not let you export chats. Ask an admin.',
  },
  too_many_pinned_chats: {
    status: 409,
    action: 'tell',
    message: 'Five chats are pinned already. Unpin one of them first.',
  },
  department_name_taken: {
    status: 409,
    action: 'tell',
    message: 'There is already a department with this name.',
  },
  last_admin: {
    status: 409,
    action: 'tell',
    message: 'This is the last active admin. Make somebody else an admin first.',
  },
  weak_password: { status: 422, action: 'tell', message: 'This password is too easy to guess.' },
  wrong_password: { status: 422, action: 'tell', message: 'Your current password is not right.' },
  invite_unknown: {
    status: 404,
    action: 'tell',
    message:
      'We do not know this invitation. Check that the link is complete, or ask whoever sent it for a new one.',
  },
  invite_used: {
    status: 410,
    action: 'tell',
    message:
      'This invitation has been used already. If that was you, sign in. If not, ask whoever sent it for a new one.',
  },
  invite_expired: {
    status: 410,
    action: 'tell',
    message: 'This invitation has expired. Ask whoever sent it for a new one.',
  },
  invite_revoked: {
    status: 410,
    action: 'tell',
    message: 'This invitation was withdrawn. Ask whoever sent it for a new one.',
  },
  reset_unknown: {
    status: 410,
    action: 'tell',
    message: 'This link to choose a password does not work any more. Ask for a new one.',
  },
  mail_unavailable: {
    status: 409,
    action: 'tell',
    message: 'This installation does not send e-mail. Copy the link and pass it on yourself.',
  },
  picture_unreadable: {
    status: 422,
    action: 'tell',
    message: 'This picture could not be read. Use a JPEG, PNG or WebP file.',
  },
  picture_too_large: {
    status: 422,
    action: 'tell',
    message: 'This picture has too many pixels. Make it smaller, and send it again.',
  },
  file_too_large: {
    status: 413,
    action: 'tell',
    message: 'This file is larger than may be sent here.',
  },
  quota_full: {
    status: 409,
    action: 'tell',
    message: 'There is no room left for files of your organisation. Ask an admin to make some.',
  },
  uploads_unfinished: {
    status: 409,
    action: 'retry',
    message: 'Many of your uploads are not finished yet. The next one starts when they are.',
  },
  upload_conflict: {
    status: 409,
    action: 'retry',
    message: 'This upload goes on elsewhere, or has got further already. It is looked at again.',
  },
  upload_incomplete: {
    status: 409,
    action: 'retry',
    message: 'Not all of this file has arrived yet.',
  },
  range_outside: {
    status: 416,
    action: 'tell',
    message: 'The file does not reach that far.',
  },
  file_damaged: {
    status: 500,
    action: 'tell',
    message: 'This file is damaged or missing on the server. Ask whoever sent it to send it again.',
  },
  hiding_not_allowed: {
    status: 403,
    action: 'tell',
    message: 'Your organisation wants everybody to see this.',
  },
  push_unavailable: {
    status: 409,
    action: 'tell',
    message: 'This installation does not send notifications to devices. Ask an admin.',
  },
  push_address_refused: {
    status: 422,
    action: 'tell',
    message: 'The push service of this browser is none that this installation may call. Ask an admin.',
  },
  chat_unreadable: {
    status: 422,
    action: 'tell',
    message:
      'This file is not a chat that WhatsApp has exported. Export the chat again, and choose the file that WhatsApp makes.',
  },
  chat_too_long: {
    status: 422,
    action: 'tell',
    message:
      'This chat has more than 500,000 messages. Remove the oldest part of the text file, and import the rest.',
  },
  chat_dates_unclear: {
    status: 422,
    action: 'tell',
    message: 'The dates of this chat can be read in two ways. Say whether the day or the month comes first.',
  },
  archive_broken: {
    status: 422,
    action: 'tell',
    message: 'This zip file is damaged or not complete. Export the chat again, and choose the new file.',
  },
  archive_locked: {
    status: 422,
    action: 'tell',
    message: 'This zip file is protected by a password. Unpack it, and choose the text file in it.',
  },
  archive_excessive: {
    status: 422,
    action: 'tell',
    message: 'This zip file holds far more than a chat does, so it is not opened.',
  },
  archive_without_chat: {
    status: 422,
    action: 'tell',
    message: 'There is no chat in this zip file. Choose the file that WhatsApp makes with “Export chat”.',
  },
  import_under_way: {
    status: 409,
    action: 'tell',
    message: 'A chat is being imported into this group already. Wait until that is done.',
  },
  import_repeated: {
    status: 409,
    action: 'tell',
    message: 'This very chat was imported into this group already.',
  },
  import_over: {
    status: 409,
    action: 'tell',
    message: 'This import is being taken back, or was already.',
  },
  rate_limited: {
    status: 429,
    action: 'retry',
    message: 'That was a lot at once. Wait a moment and try again.',
  },
  overloaded: { status: 503, action: 'retry', message: 'The server is busy. It will be tried again.' },
  storage_full: {
    status: 507,
    action: 'retry',
    message: 'The server has no room left to save this. It is kept here and sent when there is room.',
  },
  storage_unavailable: {
    status: 503,
    action: 'retry',
    message: 'The server cannot reach its database just now. It will be tried again.',
  },
  shutting_down: {
    status: 503,
    action: 'retry',
    message: 'The server is restarting. It will be tried again.',
  },
  client_too_old: {
    status: 426,
    action: 'reload',
    message: 'Parley has been updated. Reload the page to go on; nothing you typed is lost.',
  },
  internal: {
    status: 500,
    action: 'retry',
    message: 'Something went wrong on the server. It has been noted; please try again.',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCodes

export const errorCodeNames = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]
