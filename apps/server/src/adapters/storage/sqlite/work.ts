import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { StorageTx } from '../contract/storage.ts'
import { WritableActivityTable } from './activity-table.ts'
import type { Batch } from './batch.ts'
import type { Caches, Org } from './caches.ts'
import { WritableChatPreferenceTable } from './chat-preference-table.ts'
import { WritableChangeTable } from './change-table.ts'
import type { Change } from './change.ts'
import type { Connection } from './connection.ts'
import { WritableConversationTable } from './writable-conversation-table.ts'
import { WritableDepartmentTable } from './department-table.ts'
import { WritableFileTable } from './writable-file-table.ts'
import { WritableImportTable } from './import-table.ts'
import { WritableInviteTable } from './invite-table.ts'
import { WritableMemberTable } from './writable-member-table.ts'
import { WritableOwnMessageTable } from './own-message-table.ts'
import { WritableReactionTable } from './reaction-table.ts'
import { WritableMessageTable } from './message-table.ts'
import { WritableNotificationSettingsTable } from './notification-settings-table.ts'
import { WritableOrganisationTable } from './organisation-table.ts'
import { WritablePushTable } from './push-table.ts'
import type { WritingView } from './view.ts'
import { WritableSessionTable } from './writable-session-table.ts'

/** One transaction's hold on the writing connection, for as long as its work runs. */
export class Work implements WritingView {
  readonly scope: OrgScope
  readonly changes: Change[] = []
  readonly #batch: Batch
  readonly #touchedBefore: number
  /** The organisation's head before this work moved it. */
  #before: { readonly org: Org; readonly head: number } | undefined
  #over = false
  /** Whether there is something to undo. */
  wrote = false

  constructor(batch: Batch, scope: OrgScope) {
    this.#batch = batch
    this.scope = scope
    this.#touchedBefore = batch.touched.length
  }

  get db(): Connection {
    this.#assertRunning()
    return this.#batch.db
  }

  caches(): Caches {
    this.#assertRunning()
    return this.#batch.caches
  }

  writing(scope: OrgScope): Connection {
    this.#assertRunning()
    if (scope !== this.scope) throw new Error('a transaction writes to its own organisation only')
    if (!this.wrote) {
      this.#batch.beforeFirstWrite()
      this.wrote = true
    }
    return this.#batch.db
  }

  touch(cache: { delete(key: string | number): void }, key: string | number): void {
    this.#batch.touched.push({ cache, key })
  }

  forget(cache: { delete(key: string | number): void }, key: string | number): void {
    cache.delete(key)
    this.touch(cache, key)
  }

  advance(org: Org): number {
    if (!this.#before) {
      this.#before = { org, head: org.head }
      this.touch(this.#batch.caches.orgs, this.scope)
      this.#batch.moved.set(org.n, org)
    }
    org.head += 1
    return org.head
  }

  /** Undoes what it wrote, and nothing else. Only in a batch with savepoints. */
  undo(): void {
    if (this.#before) this.#before.org.head = this.#before.head
    if (this.wrote) this.#batch.undoWork(this.#touchedBefore)
  }

  /** From here on whoever still holds the transaction can do nothing with it. */
  end(): void {
    this.#over = true
  }

  #assertRunning(): void {
    if (this.#over) throw new Error('this transaction is over')
  }
}

/** What a work is handed. Tables are made when first asked for, since most works need few. */
export class SqliteTx implements StorageTx {
  readonly #work: Work
  #organisations: WritableOrganisationTable | undefined
  #departments: WritableDepartmentTable | undefined
  #members: WritableMemberTable | undefined
  #sessions: WritableSessionTable | undefined
  #invites: WritableInviteTable | undefined
  #conversations: WritableConversationTable | undefined
  #files: WritableFileTable | undefined
  #messages: WritableMessageTable | undefined
  #reactions: WritableReactionTable | undefined
  #ownMessages: WritableOwnMessageTable | undefined
  #chatPreferences: WritableChatPreferenceTable | undefined
  #notificationSettings: WritableNotificationSettingsTable | undefined
  #pushes: WritablePushTable | undefined
  #imports: WritableImportTable | undefined
  #changes: WritableChangeTable | undefined
  #activity: WritableActivityTable | undefined

  constructor(work: Work) {
    this.#work = work
  }

  get organisations() {
    return (this.#organisations ??= new WritableOrganisationTable(this.#work))
  }

  get departments() {
    return (this.#departments ??= new WritableDepartmentTable(this.#work))
  }

  get members() {
    return (this.#members ??= new WritableMemberTable(this.#work))
  }

  get sessions() {
    return (this.#sessions ??= new WritableSessionTable(this.#work))
  }

  get invites() {
    return (this.#invites ??= new WritableInviteTable(this.#work))
  }

  get conversations() {
    return (this.#conversations ??= new WritableConversationTable(this.#work))
  }

  get files() {
    return (this.#files ??= new WritableFileTable(this.#work))
  }

  get messages() {
    return (this.#messages ??= new WritableMessageTable(this.#work))
  }

  get reactions() {
    return (this.#reactions ??= new WritableReactionTable(this.#work))
  }

  get ownMessages() {
    return (this.#ownMessages ??= new WritableOwnMessageTable(this.#work))
  }

  get chatPreferences() {
    return (this.#chatPreferences ??= new WritableChatPreferenceTable(this.#work))
  }

  get notificationSettings() {
    return (this.#notificationSettings ??= new WritableNotificationSettingsTable(this.#work))
  }

  get pushes() {
    return (this.#pushes ??= new WritablePushTable(this.#work))
  }

  get imports() {
    return (this.#imports ??= new WritableImportTable(this.#work))
  }

  get changes() {
    return (this.#changes ??= new WritableChangeTable(this.#work))
  }

  get activity() {
    return (this.#activity ??= new WritableActivityTable(this.#work))
  }
}
