import { markId } from '@parley/contracts/conversations/conversation'
import type { ChangeFor } from '@parley/contracts/sync/change'
import { ofConversation } from '../../kernel/audiences.ts'
import type { MarkRecord } from './conversation.ts'
import { presentMark } from './present-conversation.ts'

/** A stored mark as the change that recorded it. */
export const presentMarkChange = (mark: MarkRecord): ChangeFor<'mark'> => ({
  seq: mark.seq,
  audience: ofConversation(mark.conversationId),
  prev: 0,
  kind: 'mark',
  id: markId(mark.conversationId, mark.memberId),
  data: presentMark(mark),
})
