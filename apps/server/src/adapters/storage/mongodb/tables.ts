import type { FeedEntry } from '../../../kernel/change-feed.ts'
import type { ActivityRecord } from '../../../kernel/activity-log.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type {
  ConversationRecord,
  MarkRecord,
  PurgedRangeRecord,
  Watermarks,
} from '../../../domains/conversations/conversation.ts'
import type {
  ChatPreferenceRecord,
  ChatSettingsRecord,
} from '../../../domains/chat-preferences/chat-preference.ts'
import type { DepartmentRecord } from '../../../domains/departments/department.ts'
import type { FileRemoval } from '../../../domains/files/file-store.ts'
import type { FileLink, FileRecord } from '../../../domains/files/file.ts'
import type { ImportedRecord, ImportRecord } from '../../../domains/imports/import.ts'
import type { InviteRecord } from '../../../domains/invites/invite.ts'
import type { MemberRecord } from '../../../domains/members/member.ts'
import type { EditRecord, MessageRecord } from '../../../domains/messages/message.ts'
import type { ChoicesRecord } from '../../../domains/notifications/notification-settings.ts'
import type { PushRecord } from '../../../domains/notifications/push.ts'
import type { OwnMessageRecord } from '../../../domains/messages/own-message.ts'
import type { ReactionRecord } from '../../../domains/messages/reaction.ts'
import type { OrganisationRecord } from '../../../domains/organisations/organisation.ts'
import type { PasswordResetRecord, SessionRecord } from '../../../domains/sessions/session.ts'

/**
 * Parts of an organisation's data that are cached, and dropped, together. Each has its own version beside the organisation's
 * counters, so that a message sent by another process does not make this one load all members again.
 */
export const sections = ['directory', 'sessions', 'conversations', 'feed'] as const
export type Section = (typeof sections)[number]

/** A collection, or with `stored: false` something derived that only lives in the caches and in a transaction's buffer. */
export interface Table<R extends object = object> {
  readonly name: string
  /** The record's fields that identify it within its organisation. */
  readonly key: readonly string[]
  /** Absent: what was once read stays true, because its records never change. */
  readonly section?: Section
  readonly cache: 'whole' | 'by-key' | 'none'
  readonly stored: boolean
  /** Never set; ties the record's type to the table. */
  readonly record?: R
}

function table<R extends object>(
  name: string,
  key: readonly (keyof R & string)[],
  cache: Table['cache'],
  section?: Section,
  stored = true,
): Table<R> {
  return { name, key, cache, stored, ...(section && { section }) }
}

export type ConversationRow = ConversationRecord & {
  /** What of its history is gone for good, and the number given last, whose message may be gone; null where nothing is. */
  readonly purge: {
    readonly ranges: readonly PurgedRangeRecord[]
    readonly lastNumber: number
    readonly lastQuiet: number
  } | null
  /** What makes a direct conversation the only one of its two members; null for a group. */
  readonly pair: string | null
  /** The newest seq with which somebody joined. */
  readonly newestJoin: number
  /** The number from which on every participant sees the messages. */
  readonly seenByAllFrom: number
}
/** How far every participant of a group is. Apart from the group, because it changes with what is read there. */
export type ReachRow = Watermarks & { readonly conversationId: string }
export type LastSeenRow = { readonly memberId: string; readonly at: number }
export type PictureRow = { readonly memberId: string; readonly version: string; readonly bytes: Uint8Array }
export type GroupPictureRow = {
  readonly conversationId: string
  readonly version: string
  readonly bytes: Uint8Array
}
/** That a message mentions a member; null stands for everybody. */
export type MentionRow = {
  readonly conversationId: string
  readonly memberId: string | null
  readonly number: number
}
/** An audience's newest seq that `forgetBefore` has removed. */
export type ForgottenRow = { readonly audience: string; readonly seq: number }
export type NotificationSettingsRow = { readonly memberId: string; readonly choices: ChoicesRecord }
/** How far a follower of the feed is. */
export type FollowRow = { readonly follower: string; readonly seq: number }
export type HeadRow = { readonly audience: string; readonly seq: number }
/** A conversation's newest number, and how many system lines there are up to it. */
export type NumberRow = { readonly conversationId: string; readonly number: number; readonly quiet: number }

/** The key's id once more, where an index can find it. */
export type FileRow = FileRecord & { readonly keyId: string }
export type FileUsageRow = { readonly id: string; readonly bytes: number }

export const organisations = table<OrganisationRecord>('organisations', ['id'], 'whole', 'directory')
export const departments = table<DepartmentRecord>('departments', ['id'], 'whole', 'directory')
export const members = table<MemberRecord>('members', ['id'], 'whole', 'directory')
// Apart from the members: it is written every few seconds, and must not make every process load the members again.
export const lastSeen = table<LastSeenRow>('lastSeen', ['memberId'], 'none')
export const pictures = table<PictureRow>('pictures', ['memberId'], 'none')
export const groupPictures = table<GroupPictureRow>('groupPictures', ['conversationId'], 'none')
export const sessions = table<SessionRecord>('sessions', ['id'], 'by-key', 'sessions')
export const passwordResets = table<PasswordResetRecord>('passwordResets', ['memberId'], 'none')
export const invites = table<InviteRecord>('invites', ['id'], 'none')
export const conversations = table<ConversationRow>('conversations', ['id'], 'by-key', 'conversations')
export const marks = table<MarkRecord>('marks', ['conversationId', 'memberId'], 'by-key', 'feed')
export const reaches = table<ReachRow>('reaches', ['conversationId'], 'by-key', 'feed')
// Not cached: there are many, and another process may have changed one.
export const messages = table<MessageRecord>('messages', ['id'], 'none')
export const mentions = table<MentionRow>('mentions', ['conversationId', 'memberId', 'number'], 'none')
export const reactions = table<ReactionRecord>('reactions', ['messageId', 'memberId'], 'none')
export const ownMessages = table<OwnMessageRecord>('ownMessages', ['messageId', 'memberId'], 'none')
/** That one message answers another. */
export type ReplyRow = { readonly originalId: string; readonly replyId: string }
export const replies = table<ReplyRow>('replies', ['originalId', 'replyId'], 'none')
export const edits = table<EditRecord>('edits', ['messageId', 'seq'], 'none')
export const chatPreferences = table<ChatPreferenceRecord>(
  'chatPreferences',
  ['memberId', 'conversationId'],
  'none',
)
export const chatSettings = table<ChatSettingsRecord>('chatSettings', ['memberId'], 'none')
export const notificationSettings = table<NotificationSettingsRow>(
  'notificationSettings',
  ['memberId'],
  'none',
)
export const pushes = table<PushRecord>('pushes', ['id'], 'none')
export const pushFollow = table<FollowRow>('pushFollow', ['follower'], 'none')
export const imports = table<ImportRecord>('imports', ['id'], 'none')
export const imported = table<ImportedRecord>('imported', ['conversationId', 'fingerprint'], 'none')
export const files = table<FileRow>('files', ['id'], 'none')
export const fileLinks = table<FileLink>('fileLinks', ['conversationId', 'number', 'position'], 'none')
export const fileUsage = table<FileUsageRow>('fileUsage', ['id'], 'none')
export const fileRemovals = table<FileRemoval>('fileRemovals', ['fileId', 'part'], 'none')
export const changes = table<FeedEntry>('changes', ['audience', 'kind', 'id'], 'none')
export const activity = table<ActivityRecord>('activity', ['number'], 'none')
export const forgotten = table<ForgottenRow>('forgotten', ['audience'], 'none')
export const heads = table<HeadRow>('heads', ['audience'], 'by-key', 'feed', false)
export const numbers = table<NumberRow>('numbers', ['conversationId'], 'by-key', 'feed', false)

export type StoredDocument = { readonly _id: string; readonly org: string; readonly [field: string]: unknown }

/** A record's identity within its organisation. */
export const keyOf = (of: Table, record: object): string =>
  of.key.map((field) => String(Reflect.get(record, field))).join('/')

/** A document's `_id`. It starts with the organisation, so the key alone never leads to a foreign row (T1). */
export const documentId = (scope: OrgScope, key: string): string => `${scope}/${key}`

const idIsKey = (of: Table): boolean => of.key.length === 1 && of.key[0] === 'id'

/** A record as it is stored. Its id is part of `_id` and not stored twice. */
export function toDocument(of: Table, scope: OrgScope, record: object): StoredDocument {
  const fields: Record<string, unknown> = { _id: documentId(scope, keyOf(of, record)), org: scope, ...record }
  if (idIsKey(of)) delete fields['id']
  return fields as StoredDocument
}

/** The record that `toDocument` stored. */
export function toRecord<R extends object>(of: Table<R>, document: StoredDocument): R {
  const { _id, org, ...fields } = document
  return (idIsKey(of) ? { id: _id.slice(org.length + 1), ...fields } : fields) as R
}
