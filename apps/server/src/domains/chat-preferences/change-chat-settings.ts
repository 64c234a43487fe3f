import type { ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import { USUAL_CHAT_SETTINGS } from '@parley/contracts/chat-preferences/rules'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import type { ChatPreferenceWriter } from './chat-preference-store.ts'
import { presentChatSettings } from './present-chat-preference.ts'

interface Tx {
  readonly chatPreferences: ChatPreferenceWriter
  readonly changes: ChangeFeedWriter
}

/** Changes what the actor wants of all chats. @returns the change that tells what holds now */
export async function changeChatSettings(
  tx: Tx,
  { scope, memberId }: Actor,
  patch: Patch<ChatSettings>,
): Promise<ChangeFor<'chat-settings'>> {
  const before = await tx.chatPreferences.settings(scope, memberId)
  const settings = { ...USUAL_CHAT_SETTINGS, ...before, ...given<ChatSettings>(patch), memberId }
  await tx.chatPreferences.putSettings(scope, settings)
  return (await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'chat-settings',
    id: memberId,
    data: presentChatSettings(settings),
  })) as ChangeFor<'chat-settings'>
}
