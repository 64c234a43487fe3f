import type { Actor } from './actor.ts'
import type { OrgScope } from './org-scope.ts'

/** What is taken down. A name is part of what the chain proves, so it is never changed; new ones are added. */
export type ActivityAction =
  | 'organisation.changed'
  | 'communication.changed'
  | 'department.created'
  | 'department.renamed'
  | 'department.removed'
  | 'member.created'
  | 'member.changed'
  | 'member.deactivated'
  | 'member.reactivated'
  | 'member.deleted'
  | 'member.password-reset'
  | 'member.sessions-ended'
  | 'invite.created'
  | 'invite.renewed'
  | 'invite.revoked'
  | 'group.created'
  | 'group.changed'
  | 'group.members-added'
  | 'group.member-removed'
  | 'group.left'
  | 'group.admin-changed'
  | 'group.chat-imported'
  | 'group.import-undone'
  | 'chat.exported'

type Plain = string | number | boolean | null
export type ActivityValue = Plain | readonly Plain[]

/** Per field what it was and what it became; null for what was not there. Only fields that a use case names get in. */
export type FieldChanges = Readonly<
  Record<string, { readonly before: ActivityValue; readonly after: ActivityValue }>
>

/** What a use case takes down. */
export interface ActivityDraft {
  /** null where nobody asked for it at that moment: a schedule. */
  readonly actor: Actor | null
  readonly action: ActivityAction
  /** The id of what it is about; its kind is the action's first word. */
  readonly about: string
  readonly changes?: FieldChanges
}

/** One line of the activity log, as it is kept: sealed by its hash, which covers the line before. */
export interface ActivityRecord {
  /** 1, 2, 3 … without gaps within the organisation. */
  readonly number: number
  /** ms since 1970, by the server's own clock. */
  readonly at: number
  readonly memberId: string | null
  /** The address and device of the session that asked; empty where nobody did. */
  readonly address: string
  readonly device: string
  readonly action: string
  readonly about: string
  /** `FieldChanges` as JSON: the very bytes that were hashed. */
  readonly changes: string
  /** The hash of the line before; empty in the first. */
  readonly previous: string
  /** SHA-256, hex. */
  readonly hash: string
}

export interface ActivityLogReader {
  /** The last line; null when nothing was ever taken down. */
  newest(scope: OrgScope): Promise<ActivityRecord | null>
  /** Lines after a number, oldest first, at most `limit`. */
  page(scope: OrgScope, after: number, limit: number): Promise<ActivityRecord[]>
}

/**
 * Only to be had inside a transaction (T2), so that a line is there exactly when what it tells of is (A11): a crash loses both or
 * neither. Lines are added and never changed or removed; there is no method for it.
 */
export interface ActivityLogWriter extends ActivityLogReader {
  append(scope: OrgScope, draft: ActivityDraft): Promise<ActivityRecord>
}
