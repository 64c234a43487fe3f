import type { Purge } from '@parley/contracts/conversations/purge'
import type { Audience, Change } from '@parley/contracts/sync/change'
import { type Discussion, isHidden, keptRangesOf, rangesOf } from './fake-discussion.ts'

interface Feed {
  append(audience: Audience, kind: Change['kind'], id: string, data: Change['data']): Change
  told(audience: Audience, kind: Change['kind'], id: string): Change['data']
}

/** Who is in it hears of all that is gone. */
export function tellPurged(feed: Feed, discussion: Discussion): void {
  const { id } = discussion.conversation
  const ranges = rangesOf(discussion)
  if (ranges.length > 0) feed.append(`conversation:${id}`, 'purge', id, { conversationId: id, ranges })
}

/** Somebody who has left hears what is gone of what they keep. */
export function tellKeptPurge(feed: Feed, memberId: string, discussion: Discussion): void {
  const { id } = discussion.conversation
  const ranges = keptRangesOf(memberId, discussion)
  if (ranges.length > 0) feed.append(`member:${memberId}`, 'purge', id, { conversationId: id, ranges })
}

/** Whether all of what they keep that is gone is what they heard last. */
export function knowsKeptPurge(feed: Feed, memberId: string, discussion: Discussion): boolean {
  const told = feed.told(`member:${memberId}`, 'purge', discussion.conversation.id) as Purge | null
  return JSON.stringify(told?.ranges ?? []) === JSON.stringify(keptRangesOf(memberId, discussion))
}

/** What the feed holds, as the server tells it to somebody who asks: who has left hears of what they keep as it is now, who is in it of nothing apart. */
export function toldNow(
  entries: readonly Change[],
  memberId: string,
  discussions: ReadonlyMap<string, Discussion>,
): Change[] {
  const seen = entries.filter((change) => !isHidden(change, memberId, discussions))
  return seen.map((change) => {
    const discussion = discussions.get(change.id)
    if (!discussion || change.kind !== 'purge' || change.audience !== `member:${memberId}`) return change
    const ranges = keptRangesOf(memberId, discussion)
    return { ...change, data: ranges.length > 0 ? { conversationId: change.id, ranges } : null }
  })
}
