import type { ActivityLogReader, ActivityLogWriter } from '../../../kernel/activity-log.ts'
import type { ChangeFeedReader, ChangeFeedWriter } from '../../../kernel/change-feed.ts'
import type { ReadsElsewhere } from '../../../kernel/long-reads.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Committed, Transactions } from '../../../kernel/transactions.ts'
import type {
  ConversationReader,
  ConversationWriter,
} from '../../../domains/conversations/conversation-store.ts'
import type {
  ChatPreferenceReader,
  ChatPreferenceWriter,
} from '../../../domains/chat-preferences/chat-preference-store.ts'
import type { DepartmentReader, DepartmentWriter } from '../../../domains/departments/department-store.ts'
import type { FileReader, FileWriter } from '../../../domains/files/file-store.ts'
import type { ImportReader, ImportWriter } from '../../../domains/imports/import-store.ts'
import type { InviteReader, InviteWriter } from '../../../domains/invites/invite-store.ts'
import type { MemberLocator, MemberReader, MemberWriter } from '../../../domains/members/member-store.ts'
import type { OwnMessageReader, OwnMessageWriter } from '../../../domains/messages/own-message-store.ts'
import type { ReactionReader, ReactionWriter } from '../../../domains/messages/reaction-store.ts'
import type { MessageReader, MessageWriter } from '../../../domains/messages/message-store.ts'
import type {
  NotificationSettingsReader,
  NotificationSettingsWriter,
} from '../../../domains/notifications/notification-settings-store.ts'
import type { PushReader, PushWriter } from '../../../domains/notifications/push-store.ts'
import type {
  OrganisationLocator,
  OrganisationReader,
  OrganisationWriter,
} from '../../../domains/organisations/organisation-store.ts'
import type { SearchIndex } from '../../../domains/search/search-store.ts'
import type { SessionReader, SessionWriter } from '../../../domains/sessions/session-store.ts'

type Change = Committed<unknown>['changes'][number]

/** What is committed, for reading. */
export interface StorageReader {
  readonly organisations: OrganisationReader
  readonly departments: DepartmentReader
  readonly members: MemberReader
  readonly sessions: SessionReader
  readonly invites: InviteReader
  readonly conversations: ConversationReader
  readonly files: FileReader
  readonly messages: MessageReader
  readonly reactions: ReactionReader
  readonly ownMessages: OwnMessageReader
  readonly chatPreferences: ChatPreferenceReader
  readonly notificationSettings: NotificationSettingsReader
  readonly pushes: PushReader
  readonly imports: ImportReader
  readonly changes: ChangeFeedReader
  readonly activity: ActivityLogReader
}

/** What a transaction hands out; writes exist only here (T2). It reads its own writes. */
export interface StorageTx {
  readonly organisations: OrganisationWriter
  readonly departments: DepartmentWriter
  readonly members: MemberWriter
  readonly sessions: SessionWriter
  readonly invites: InviteWriter
  readonly conversations: ConversationWriter
  readonly files: FileWriter
  readonly messages: MessageWriter
  readonly reactions: ReactionWriter
  readonly ownMessages: OwnMessageWriter
  readonly chatPreferences: ChatPreferenceWriter
  readonly notificationSettings: NotificationSettingsWriter
  readonly pushes: PushWriter
  readonly imports: ImportWriter
  readonly changes: ChangeFeedWriter
  readonly activity: ActivityLogWriter
}

export interface StorageFigures {
  /** Commits since start, and how many transactions they carried. */
  readonly commits: number
  readonly transactions: number
  /** Statements sent to the engine since start. */
  readonly statements: number
}

/** The engine itself failed, through no fault of whoever asked. */
export interface StorageFault {
  /** For the log. */
  readonly error: unknown
  /** Nothing is written any more until the process is started again; else the next write is tried as usual. */
  readonly stopped: boolean
}

/**
 * Told of what was committed although whoever asked for it heard `storage_unavailable`, because no answer came.
 * @param changes what it took down in the feed; null where that cannot be told any more: then anything may have been missed
 */
export type LateCommitListener = (scope: OrgScope, changes: readonly Change[] | null) => void

/** One engine, opened. */
export interface Storage {
  readonly engine: 'sqlite' | 'mongodb'
  readonly read: StorageReader
  /** Null where long reads have no place of their own. */
  readonly readsElsewhere: ReadsElsewhere | null
  /** As `readsElsewhere`, for what reads from the search index, and for what writes to it. */
  readonly searchElsewhere: ReadsElsewhere | null
  readonly indexElsewhere: ReadsElsewhere | null
  /** Made from what is stored, and never asked by it. Not to be written to where `indexElsewhere` does. */
  readonly search: SearchIndex
  /** The ids of organisations of which the index lacks something. */
  searchBehind(): Promise<readonly string[]>
  readonly locator: MemberLocator
  readonly organisations: OrganisationLocator
  readonly transactions: Transactions<StorageTx>
  /** Resolves when the engine answers. @throws DomainError storage_unavailable */
  ping(): Promise<void>
  figures(): StorageFigures
  /** Called with the size (transactions) and duration (ms) of every commit. */
  onCommit(listener: (size: number, milliseconds: number) => void): void
  /** Called when an embedded engine fails, for the operator: once until it has committed again. */
  onFault(listener: (fault: StorageFault) => void): void
  /**
   * Called when it has turned out that something was committed after all: once, and before anything later of the same
   * organisation is acknowledged. Never for what was acknowledged.
   */
  onLateCommit(listener: LateCommitListener): void
  /** Finishes what runs, then closes. Idempotent. */
  close(): Promise<void>
}
