import type { ChatPatch } from '@parley/contracts/chat-preferences/chat-preference'
import { PINNED_CHATS_MAX, usualPreference, withPatch } from '@parley/contracts/chat-preferences/rules'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { ofMember } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { given, type Patch } from '../../kernel/patch.ts'
import { requireHistory } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { ChatPreferenceWriter } from './chat-preference-store.ts'
import { presentChatPreference } from './present-chat-preference.ts'

interface Tx {
  readonly conversations: ConversationReader
  readonly chatPreferences: ChatPreferenceWriter
  readonly changes: ChangeFeedWriter
}

/**
 * Changes what the actor wants of a conversation they take part in, or keep something of. Their devices alone hear of it.
 * @returns the change that tells what holds now, also when nothing is another than before
 * @throws DomainError not_found, too_many_pinned_chats
 */
export async function changeChatPreference(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  patch: Patch<ChatPatch>,
): Promise<ChangeFor<'chat-preference'>> {
  const { scope, memberId } = actor
  const { until } = await requireHistory(tx.conversations, actor, conversationId)
  const before = await tx.chatPreferences.get(scope, memberId, conversationId)
  if (patch.pinned && !before?.pinned) await requireRoomForPin(tx, actor)
  const last = Math.min(until, await tx.conversations.lastNumber(scope, conversationId))
  const quiet = new Map<number, number>()
  for (const named of [patch.archived, patch.clearedUpTo]) {
    const number = Math.min(named ?? 0, last)
    quiet.set(number, await tx.conversations.quietUpTo(scope, conversationId, number))
  }
  const wanted = given<ChatPatch>(patch)
  const after = withPatch(
    before ?? usualPreference(conversationId),
    wanted,
    last,
    (number) => quiet.get(number) ?? 0,
  )
  const preference = { ...after, memberId }
  await tx.chatPreferences.put(scope, preference)
  return (await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'chat-preference',
    id: conversationId,
    data: presentChatPreference(preference),
  })) as ChangeFor<'chat-preference'>
}

async function requireRoomForPin({ chatPreferences }: Tx, { scope, memberId }: Actor): Promise<void> {
  if ((await chatPreferences.countPinned(scope, memberId)) >= PINNED_CHATS_MAX)
    throw new DomainError('too_many_pinned_chats')
}
