import { markId } from '@parley/contracts/conversations/mark-id'
import type { Audience, ChangeFor } from '@parley/contracts/sync/change'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { MarkRecord } from './conversation.ts'
import { presentMark } from './present-conversation.ts'

const change = (mark: MarkRecord, audience: Audience): ChangeFor<'mark'> => ({
  seq: mark.seq,
  audience,
  prev: 0,
  kind: 'mark',
  id: markId(mark.conversationId, mark.memberId),
  data: presentMark(mark),
})

/** A mark in a direct conversation as the change that recorded it. */
export const presentMarkChange = (mark: MarkRecord): ChangeFor<'mark'> =>
  change(mark, ofConversation(mark.conversationId))

/** A mark in a group, which only its own member is told of. */
export const presentOwnMarkChange = (mark: MarkRecord): ChangeFor<'mark'> =>
  change(mark, ofMember(mark.memberId))
