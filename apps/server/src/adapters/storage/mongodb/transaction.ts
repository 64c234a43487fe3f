import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { StorageReader, StorageTx } from '../contract/storage.ts'
import type { OrgView } from './org-view.ts'
import { ActivityReads, ActivityWrites } from './stores/activity-log.ts'
import { ChangeFeedReads, ChangeFeedWrites } from './stores/change-feed.ts'
import { ChatPreferenceReads, ChatPreferenceWrites } from './stores/chat-preferences.ts'
import { ConversationReads, ConversationWrites } from './stores/conversations.ts'
import { DepartmentReads, DepartmentWrites } from './stores/departments.ts'
import { FileReads, FileWrites } from './stores/files.ts'
import { ImportReads, ImportWrites } from './stores/imports.ts'
import { InviteReads, InviteWrites } from './stores/invites.ts'
import { MemberReads, MemberWrites } from './stores/members.ts'
import { MessageReads, MessageWrites } from './stores/messages.ts'
import { NotificationSettingsReads, NotificationSettingsWrites } from './stores/notification-settings.ts'
import { OrganisationReads, OrganisationWrites } from './stores/organisations.ts'
import { PushReads, PushWrites } from './stores/pushes.ts'
import { OwnMessageReads, OwnMessageWrites } from './stores/own-messages.ts'
import { ReactionReads, ReactionWrites } from './stores/reactions.ts'
import { SessionReads, SessionWrites } from './stores/sessions.ts'
import type { WriteView } from './write-view.ts'

/** What is committed, for reading. */
export function openReader(views: (scope: OrgScope) => Promise<OrgView>): StorageReader {
  return {
    organisations: new OrganisationReads(views),
    departments: new DepartmentReads(views),
    members: new MemberReads(views),
    sessions: new SessionReads(views),
    invites: new InviteReads(views),
    conversations: new ConversationReads(views),
    files: new FileReads(views),
    messages: new MessageReads(views),
    reactions: new ReactionReads(views),
    ownMessages: new OwnMessageReads(views),
    chatPreferences: new ChatPreferenceReads(views),
    notificationSettings: new NotificationSettingsReads(views),
    pushes: new PushReads(views),
    imports: new ImportReads(views),
    changes: new ChangeFeedReads(views),
    activity: new ActivityReads(views),
  }
}

/** What the work of a transaction is handed. */
export function openTransaction(view: WriteView): StorageTx {
  const views = async (scope: OrgScope) => {
    if (scope !== view.scope) throw new Error('A transaction writes to its own organisation only.')
    return view
  }
  return {
    organisations: new OrganisationWrites(views),
    departments: new DepartmentWrites(views),
    members: new MemberWrites(views),
    sessions: new SessionWrites(views),
    invites: new InviteWrites(views),
    conversations: new ConversationWrites(views),
    files: new FileWrites(views),
    messages: new MessageWrites(views),
    reactions: new ReactionWrites(views),
    ownMessages: new OwnMessageWrites(views),
    chatPreferences: new ChatPreferenceWrites(views),
    notificationSettings: new NotificationSettingsWrites(views),
    pushes: new PushWrites(views),
    imports: new ImportWrites(views),
    changes: new ChangeFeedWrites(views),
    activity: new ActivityWrites(views),
  }
}
