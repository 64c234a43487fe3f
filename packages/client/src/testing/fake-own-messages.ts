import { ownMessageId } from '@parley/contracts/messages/own-message-id'
import type { Change } from '@parley/contracts/sync/change'
import { isGone, sees } from './fake-discussion.ts'
import type { FakeServer } from './fake-server.ts'

/** Stars a message for a member, or hides it from them. @returns the change that tells it; null when it is not theirs to see */
export function noteMessage(
  server: FakeServer,
  memberId: string,
  messageId: string,
  given: { readonly starred: boolean; readonly hidden: boolean },
): Change | null {
  for (const discussion of server.discussions.values()) {
    const found = discussion.messages.find(({ message }) => message.id === messageId)
    if (!found || found.message.notice || isGone(discussion, found.message.number)) continue
    const { conversationId, number } = found.message
    if (!discussion.memberIds.includes(memberId) || !sees(memberId, discussion, number)) return null
    const starredAt = given.starred ? server.now : null
    const data = { conversationId, messageId, number, starredAt, hidden: given.hidden }
    const noted = given.starred || given.hidden ? data : null
    return server.append(`member:${memberId}`, 'own-message', ownMessageId(conversationId, messageId), noted)
  }
  return null
}
