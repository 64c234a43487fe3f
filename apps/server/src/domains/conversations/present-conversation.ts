import type { Conversation, Group, Mark, Pin, Reach } from '@parley/contracts/conversations/conversation'
import type { Purge } from '@parley/contracts/conversations/purge'
import type {
  ConversationRecord,
  GroupRecord,
  MarkRecord,
  PinRecord,
  PurgedRangeRecord,
  Watermarks,
} from './conversation.ts'

const presentPin = ({ messageId, number, memberId, at }: PinRecord): Pin => ({
  messageId,
  number,
  memberId,
  at,
})

/** To those who take part. */
export const presentConversation = (conversation: ConversationRecord): Conversation => ({
  id: conversation.id,
  kind: conversation.kind,
  memberIds: [...conversation.memberIds],
  createdBy: conversation.createdBy,
  createdAt: conversation.createdAt,
  group: conversation.group && presentGroup(conversation.group),
  kept: null,
  ...(conversation.disappearing && { disappearing: { after: conversation.disappearing.after } }),
  ...(conversation.pins && { pins: conversation.pins.map(presentPin) }),
})

const presentGroup = (group: GroupRecord): Group => ({
  name: group.name,
  description: group.description,
  pictureVersion: group.pictureVersion,
  adminIds: [...group.adminIds],
  announcementOnly: group.announcementOnly,
  membersMayAdd: group.membersMayAdd,
  newcomersSeeHistory: group.newcomersSeeHistory,
})

/** To who was in it once: nothing of what it has become since. @param last the last message that is theirs */
export const presentKept = (
  conversation: ConversationRecord,
  name: string,
  last: NonNullable<Conversation['kept']>['last'],
): Conversation => ({
  id: conversation.id,
  kind: conversation.kind,
  memberIds: [],
  createdBy: conversation.createdBy,
  createdAt: conversation.createdAt,
  group: {
    name,
    description: '',
    pictureVersion: null,
    adminIds: [],
    announcementOnly: false,
    membersMayAdd: false,
    newcomersSeeHistory: false,
  },
  kept: { last },
  // what is kept may hold some that disappear; for how long they would now is not theirs to know
  disappearing: { after: null },
})

/** To the member themselves. */
export const presentMark = (mark: MarkRecord): Mark => ({
  conversationId: mark.conversationId,
  memberId: mark.memberId,
  delivered: mark.delivered,
  seen: mark.seen,
  quiet: mark.quiet,
})

/** To the other of a direct conversation: what they may know. */
export const presentShownMark = (mark: MarkRecord): Mark => ({
  conversationId: mark.conversationId,
  memberId: mark.memberId,
  delivered: mark.delivered,
  seen: mark.shown,
  quiet: mark.shown === mark.seen ? mark.quiet : 0,
})

export const presentReach = (conversationId: string, { delivered, seen }: Watermarks): Reach => ({
  conversationId,
  delivered,
  seen,
})

export const presentPurge = (conversationId: string, ranges: readonly PurgedRangeRecord[]): Purge => ({
  conversationId,
  ranges: ranges.map(({ from, to, why, days, memberId }) => ({ from, to, why, days, memberId })),
})

/** To who was in it once: what is gone of what they keep; null where all of that is there. */
export function presentKeptPurge(
  { conversationId, from, kept }: MarkRecord,
  ranges: readonly PurgedRangeRecord[],
): Purge | null {
  const until = kept?.until ?? 0
  const theirs = ranges
    .map((range) => ({ ...range, from: Math.max(range.from, from), to: Math.min(range.to, until) }))
    .filter((range) => range.from <= range.to)
  return theirs.length === 0 ? null : presentPurge(conversationId, theirs)
}
