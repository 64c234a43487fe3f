import type { ChatPreference, ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'

/** What one member wants of one conversation. */
export interface ChatPreferenceRecord extends ChatPreference {
  readonly memberId: string
}

/** What one member wants of all conversations. */
export interface ChatSettingsRecord extends ChatSettings {
  readonly memberId: string
}
