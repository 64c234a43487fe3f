import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ChatPreferenceRecord, ChatSettingsRecord } from './chat-preference.ts'

export interface ChatPreferenceReader {
  /** null where the member has not wanted anything yet. */
  get(scope: OrgScope, memberId: string, conversationId: string): Promise<ChatPreferenceRecord | null>
  /** As `get` of many conversations; missing ones are left out. */
  of(scope: OrgScope, memberId: string, conversationIds: readonly string[]): Promise<ChatPreferenceRecord[]>
  /** How many chats the member has pinned. */
  countPinned(scope: OrgScope, memberId: string): Promise<number>
  /** null where the member has not chosen anything yet. */
  settings(scope: OrgScope, memberId: string): Promise<ChatSettingsRecord | null>
}

export interface ChatPreferenceWriter extends ChatPreferenceReader {
  put(scope: OrgScope, preference: ChatPreferenceRecord): Promise<void>
  /** Does nothing where there is none. */
  remove(scope: OrgScope, memberId: string, conversationId: string): Promise<void>
  putSettings(scope: OrgScope, settings: ChatSettingsRecord): Promise<void>
}
