import type { Conversation } from '@parley/contracts/conversations/conversation'
import type { FakeServer } from './fake-server.ts'

/** Deletes a conversation's first messages for good, up to a number, and tells everybody who may read there. */
export function purgeHistory(server: FakeServer, conversationId: string, upTo: number): void {
  const discussion = server.discussions.get(conversationId)
  if (!discussion) return
  const gone = Math.min(upTo, discussion.messages.length)
  if (gone <= discussion.gone) return
  discussion.gone = gone
  const ranges = [{ from: 1, to: gone, why: 'retention' as const, days: 90, memberId: null }]
  const data = { conversationId, ranges }
  server.append(`conversation:${conversationId}`, 'purge', conversationId, data)
  for (const [memberId, until] of discussion.until) {
    const last = gone < until ? (discussion.messages[until - 1] ?? null) : null
    const kept: Conversation = { ...discussion.conversation, memberIds: [], kept: { last } }
    server.append(`member:${memberId}`, 'purge', conversationId, data)
    server.append(`member:${memberId}`, 'conversation', conversationId, kept)
  }
  // nobody has anything unread among what is gone
  for (const memberId of [...discussion.memberIds, ...discussion.until.keys()]) {
    const seen = Math.min(gone, discussion.until.get(memberId) ?? gone)
    server.raiseMark(memberId, conversationId, seen, seen)
  }
}
