import type { ChangeFeedReader, ChangeFeedWriter } from '../../../kernel/change-feed.ts'
import type { ReadsElsewhere } from '../../../kernel/long-reads.ts'
import type { Transactions } from '../../../kernel/transactions.ts'
import type {
  ConversationReader,
  ConversationWriter,
} from '../../../domains/conversations/conversation-store.ts'
import type { DepartmentReader, DepartmentWriter } from '../../../domains/departments/department-store.ts'
import type { InviteReader, InviteWriter } from '../../../domains/invites/invite-store.ts'
import type { MemberLocator, MemberReader, MemberWriter } from '../../../domains/members/member-store.ts'
import type { MessageReader, MessageWriter } from '../../../domains/messages/message-store.ts'
import type {
  OrganisationReader,
  OrganisationWriter,
} from '../../../domains/organisations/organisation-store.ts'
import type { SessionReader, SessionWriter } from '../../../domains/sessions/session-store.ts'

/** What is committed, for reading. */
export interface StorageReader {
  readonly organisations: OrganisationReader
  readonly departments: DepartmentReader
  readonly members: MemberReader
  readonly sessions: SessionReader
  readonly invites: InviteReader
  readonly conversations: ConversationReader
  readonly messages: MessageReader
  readonly changes: ChangeFeedReader
}

/** What a transaction hands out; writes exist only here (T2). It reads its own writes. */
export interface StorageTx {
  readonly organisations: OrganisationWriter
  readonly departments: DepartmentWriter
  readonly members: MemberWriter
  readonly sessions: SessionWriter
  readonly invites: InviteWriter
  readonly conversations: ConversationWriter
  readonly messages: MessageWriter
  readonly changes: ChangeFeedWriter
}

export interface StorageFigures {
  /** Commits since start, and how many transactions they carried. */
  readonly commits: number
  readonly transactions: number
  /** Statements sent to the engine since start. */
  readonly statements: number
}

/** One engine, opened. */
export interface Storage {
  readonly engine: 'sqlite' | 'mongodb'
  readonly read: StorageReader
  /** Null where long reads have no place of their own. */
  readonly readsElsewhere: ReadsElsewhere | null
  readonly locator: MemberLocator
  readonly transactions: Transactions<StorageTx>
  /** Resolves when the engine answers. @throws DomainError storage_unavailable */
  ping(): Promise<void>
  figures(): StorageFigures
  /** Called with the size (transactions) and duration (ms) of every commit. */
  onCommit(listener: (size: number, milliseconds: number) => void): void
  /** Finishes what runs, then closes. Idempotent. */
  close(): Promise<void>
}
