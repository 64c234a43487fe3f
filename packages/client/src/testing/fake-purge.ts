import { tellPurge } from './fake-disappearing.ts'
import type { FakeServer } from './fake-server.ts'

/** Deletes a conversation's first messages for good, up to a number, and tells everybody who may read there. */
export function purgeHistory(server: FakeServer, conversationId: string, upTo: number): void {
  const discussion = server.discussions.get(conversationId)
  if (!discussion) return
  const gone = Math.min(upTo, discussion.messages.length)
  if (gone <= discussion.gone) return
  discussion.gone = gone
  tellPurge(server, conversationId, discussion)
  // nobody has anything unread among what is gone
  for (const memberId of [...discussion.memberIds, ...discussion.until.keys()]) {
    const seen = Math.min(gone, discussion.until.get(memberId) ?? gone)
    server.raiseMark(memberId, conversationId, seen, seen)
  }
}
