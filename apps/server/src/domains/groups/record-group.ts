import { markId } from '@parley/contracts/conversations/mark-id'
import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ChatPreferenceWriter } from '../chat-preferences/chat-preference-store.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import {
  presentConversation,
  presentKept,
  presentKeptPurge,
  presentMark,
  presentPurge,
} from '../conversations/present-conversation.ts'
import { newestSeqOf, type MessageRecord } from '../messages/message.ts'
import { presentMessage } from '../messages/present-message.ts'
import { recordMentioned, renewMentions } from '../messages/record-mentions.ts'
import type { OwnMessageWriter } from '../messages/own-message-store.ts'
import type { SendTx } from '../messages/send-message.ts'

/** What verbs of groups write with: they leave a line in the chat, as messages do. */
export interface GroupTx extends SendTx {
  readonly activity: ActivityLogWriter
  readonly chatPreferences: ChatPreferenceWriter
  readonly ownMessages: OwnMessageWriter
}

/** Tells the participants what the group is now. */
export async function recordGroup(
  tx: GroupTx,
  scope: OrgScope,
  conversationId: string,
): Promise<ConversationRecord> {
  const conversation = await tx.conversations.get(scope, conversationId)
  if (!conversation) throw new Error('a group that was changed exists')
  await tx.changes.append(scope, {
    audience: ofConversation(conversationId),
    kind: 'conversation',
    id: conversationId,
    data: presentConversation(conversation),
  })
  return conversation
}

/** Tells a member that a group is theirs to see from now on, or is not any more (Y9). */
export async function recordAccess(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  conversationId: string,
  state: 'gained' | 'lost',
): Promise<void> {
  const audience = ofConversation(conversationId)
  const data = { audience, state }
  await tx.changes.append(scope, { audience: ofMember(memberId), kind: 'access', id: audience, data })
}

/** Tells a member's own devices how far they have read in a group. */
export async function recordOwnMark(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  conversationId: string,
): Promise<void> {
  const mark = await tx.conversations.mark(scope, conversationId, memberId)
  if (!mark) return
  const id = markId(conversationId, memberId)
  await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'mark',
    id,
    data: presentMark(mark),
  })
}

/** Tells a member's own devices where in a group they are mentioned, if they ever were. */
export async function recordOwnMentions(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  conversationId: string,
): Promise<void> {
  const ever = await tx.messages.mentions(scope, conversationId, memberId, 1)
  if (ever.length === 0) return
  await renewMentions(tx, scope, conversationId, memberId)
  await recordMentioned(tx, scope, conversationId, memberId)
}

/** Tells somebody who is no longer in a group what of it they keep. */
export async function recordKept(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  conversation: ConversationRecord,
  { name, last }: { readonly name: string; readonly last: MessageRecord | null },
): Promise<void> {
  const { id } = conversation
  const seen = last && { seq: newestSeqOf(last), message: presentMessage(last) }
  const data = presentKept(conversation, name, seen)
  await recordKeptPurge(tx, scope, memberId, id)
  await tx.changes.append(scope, { audience: ofMember(memberId), kind: 'conversation', id, data })
  await recordOwnMark(tx, scope, memberId, id)
  await recordOwnMentions(tx, scope, memberId, id)
}

/** What they kept of an earlier time in the group is part of it again. */
export async function recordKeptNoMore(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  conversationId: string,
): Promise<void> {
  await tx.changes.append(scope, {
    audience: ofMember(memberId),
    kind: 'conversation',
    id: conversationId,
    data: null,
  })
}

async function recordKeptPurge(
  tx: GroupTx,
  scope: OrgScope,
  memberId: string,
  conversationId: string,
): Promise<void> {
  const mark = await tx.conversations.mark(scope, conversationId, memberId)
  const data = mark && presentKeptPurge(mark, await tx.conversations.purged(scope, conversationId))
  if (!data) return
  await tx.changes.append(scope, { audience: ofMember(memberId), kind: 'purge', id: conversationId, data })
}

/** Tells the participants what of the group is gone for good, if anything is: what somebody was told who had left is older than that. */
export async function recordPurged(tx: GroupTx, scope: OrgScope, conversationId: string): Promise<void> {
  const ranges = await tx.conversations.purged(scope, conversationId)
  if (ranges.length === 0) return
  const data = presentPurge(conversationId, ranges)
  const audience = ofConversation(conversationId)
  await tx.changes.append(scope, { audience, kind: 'purge', id: conversationId, data })
}
