import type { Mark } from '@parley/contracts/conversations/conversation'
import { markId } from '@parley/contracts/conversations/mark-id'
import type { Audience, ChangeFor } from '@parley/contracts/sync/change'
import { ofConversation, ofMember } from '../../kernel/audiences.ts'
import type { MarkRecord } from './conversation.ts'
import { presentMark, presentShownMark } from './present-conversation.ts'

const change = (mark: MarkRecord, audience: Audience, data: Mark): ChangeFor<'mark'> => ({
  seq: mark.seq,
  audience,
  prev: 0,
  kind: 'mark',
  id: markId(mark.conversationId, mark.memberId),
  data,
})

/** A mark in a direct conversation as the change that recorded it. */
export const presentMarkChange = (mark: MarkRecord): ChangeFor<'mark'> =>
  change(mark, ofConversation(mark.conversationId), presentShownMark(mark))

/** A mark as only its own member is told of it. */
export const presentOwnMarkChange = (mark: MarkRecord): ChangeFor<'mark'> =>
  change(mark, ofMember(mark.memberId), presentMark(mark))
