import type { ChatPreference, ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import type { ChatPreferenceRecord, ChatSettingsRecord } from './chat-preference.ts'

/** To the member alone whose it is. */
export const presentChatPreference = (preference: ChatPreferenceRecord): ChatPreference => ({
  conversationId: preference.conversationId,
  pinned: preference.pinned,
  mutedUntil: preference.mutedUntil,
  archived: preference.archived && { number: preference.archived.number, quiet: preference.archived.quiet },
  markedUnread: preference.markedUnread,
  cleared: preference.cleared && { number: preference.cleared.number, quiet: preference.cleared.quiet },
})

/** To the member alone whose they are. */
export const presentChatSettings = (settings: ChatSettingsRecord): ChatSettings => ({
  archivedReturn: settings.archivedReturn,
})
