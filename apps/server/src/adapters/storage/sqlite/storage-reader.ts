import type { StorageReader } from '../contract/storage.ts'
import { ActivityTable } from './activity-table.ts'
import { ChangeTable } from './change-table.ts'
import { ChatPreferenceTable } from './chat-preference-table.ts'
import { ConversationTable } from './conversation-table.ts'
import { DepartmentTable } from './department-table.ts'
import { FileTable } from './file-table.ts'
import { ImportTable } from './import-table.ts'
import { InviteTable } from './invite-table.ts'
import { MemberTable } from './member-table.ts'
import { MessageTable } from './message-table.ts'
import { NotificationSettingsTable } from './notification-settings-table.ts'
import { OrganisationTable } from './organisation-table.ts'
import { OwnMessageTable } from './own-message-table.ts'
import { PushTable } from './push-table.ts'
import { ReactionTable } from './reaction-table.ts'
import { SessionTable } from './session-table.ts'
import type { View } from './view.ts'

/** Everything that can be read, as a view shows it. */
export const storageReader = (view: View): StorageReader => ({
  organisations: new OrganisationTable(view),
  departments: new DepartmentTable(view),
  members: new MemberTable(view),
  sessions: new SessionTable(view),
  invites: new InviteTable(view),
  conversations: new ConversationTable(view),
  files: new FileTable(view),
  messages: new MessageTable(view),
  reactions: new ReactionTable(view),
  ownMessages: new OwnMessageTable(view),
  chatPreferences: new ChatPreferenceTable(view),
  notificationSettings: new NotificationSettingsTable(view),
  pushes: new PushTable(view),
  imports: new ImportTable(view),
  changes: new ChangeTable(view),
  activity: new ActivityTable(view),
})
