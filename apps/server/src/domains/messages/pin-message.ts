import { PINS_MAX } from '@parley/contracts/messages/bounds'
import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireWritable } from '../conversations/conversation-access.ts'
import type { PinRecord } from '../conversations/conversation.ts'
import { presentConversation } from '../conversations/present-conversation.ts'
import { requirePresentMessage } from './message-access.ts'
import type { MessageRecord } from './message.ts'
import type { SendTx } from './send-message.ts'
import { writeNotice } from './write-notice.ts'

type PinTx = Pick<SendTx, 'conversations' | 'changes'>

/**
 * Puts a message above the others for everybody in its chat, with a line that says so, or takes it down again. Who may write there may. The
 * oldest gives way where there would be too many. The same once more changes nothing.
 * @returns the changes that tell it
 * @throws DomainError not_found, message_deleted, no_longer_in_group, recipient_gone, announcement_only
 */
export async function pinMessage(
  tx: SendTx,
  actor: Actor,
  { messageId, pinned }: { readonly messageId: string; readonly pinned: boolean },
  now: number,
): Promise<ChangeFor<'conversation'>[]> {
  const { scope, memberId } = actor
  const { conversationId, number } = await requirePresentMessage(tx, actor, messageId, now)
  const { pins = [] } = await requireWritable(tx, actor, conversationId)
  const others = pins.filter((pin) => pin.messageId !== messageId)
  if (pinned === others.length < pins.length) return []
  if (!pinned) return [await setPins(tx, scope, conversationId, others)]
  await writeNotice(tx, scope, conversationId, memberId, { what: 'pinned', number }, now)
  const all = [...others, { messageId, number, memberId, at: now }].slice(-PINS_MAX)
  return [await setPins(tx, scope, conversationId, all)]
}

/** Messages go: nothing stands above the others for them. */
export async function forgetPinsOf(
  tx: PinTx,
  scope: OrgScope,
  messages: readonly MessageRecord[],
): Promise<void> {
  const going = new Set(messages.map(({ id }) => id))
  for (const conversationId of new Set(messages.map((message) => message.conversationId))) {
    const { pins = [] } = (await tx.conversations.get(scope, conversationId)) ?? {}
    const left = pins.filter(({ messageId }) => !going.has(messageId))
    if (left.length < pins.length) await setPins(tx, scope, conversationId, left)
  }
}

async function setPins(
  tx: PinTx,
  scope: OrgScope,
  conversationId: string,
  pins: readonly PinRecord[],
): Promise<ChangeFor<'conversation'>> {
  await tx.conversations.setPins(scope, conversationId, pins)
  const conversation = await tx.conversations.get(scope, conversationId)
  if (!conversation) throw new Error('a conversation that was changed exists')
  const audience = ofConversation(conversationId)
  const data = presentConversation(conversation)
  const change = await tx.changes.append(scope, { audience, kind: 'conversation', id: conversationId, data })
  return change as ChangeFor<'conversation'>
}
