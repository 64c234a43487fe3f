import type {
  ChatPreferenceReader,
  ChatPreferenceWriter,
} from '../../../../domains/chat-preferences/chat-preference-store.ts'
import type {
  ChatPreferenceRecord,
  ChatSettingsRecord,
} from '../../../../domains/chat-preferences/chat-preference.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { chatPreferences, chatSettings, conversations, keyOf, members } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class ChatPreferenceReads implements ChatPreferenceReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, memberId: string, conversationId: string): Promise<ChatPreferenceRecord | null> {
    return (await this.#views(scope)).get(
      chatPreferences,
      keyOf(chatPreferences, { memberId, conversationId }),
    )
  }

  async of(
    scope: OrgScope,
    memberId: string,
    conversationIds: readonly string[],
  ): Promise<ChatPreferenceRecord[]> {
    const keys = conversationIds.map((conversationId) => keyOf(chatPreferences, { memberId, conversationId }))
    return [...(await (await this.#views(scope)).getMany(chatPreferences, keys)).values()]
  }

  async countPinned(scope: OrgScope, memberId: string): Promise<number> {
    const view = await this.#views(scope)
    return (await view.find(chatPreferences, { where: { memberId, pinned: true } })).length
  }

  async settings(scope: OrgScope, memberId: string): Promise<ChatSettingsRecord | null> {
    return (await this.#views(scope)).get(chatSettings, memberId)
  }
}

export class ChatPreferenceWrites extends ChatPreferenceReads implements ChatPreferenceWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async put(scope: OrgScope, preference: ChatPreferenceRecord): Promise<void> {
    const view = await this.#views(scope)
    const { memberId, conversationId } = preference
    if (!(await view.get(members, memberId)) || !(await view.get(conversations, conversationId)))
      throw new Error('a preference needs a member and a conversation')
    view.upsert(chatPreferences, preference)
  }

  async remove(scope: OrgScope, memberId: string, conversationId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(chatPreferences, keyOf(chatPreferences, { memberId, conversationId }))
  }

  async putSettings(scope: OrgScope, settings: ChatSettingsRecord): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(members, settings.memberId))) throw new Error('settings need a member')
    view.upsert(chatSettings, settings)
  }
}
