import { NOTICE_NAMES_MAX, type Notice } from '@parley/contracts/messages/notice'
import { ofConversation } from '../../kernel/audiences.ts'
import { newId } from '../../kernel/ids.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageRecord } from './message.ts'
import { presentMessage } from './present-message.ts'
import type { SendTx } from './send-message.ts'

/** What a system line says; what is left out does not apply. */
export interface GivenNotice {
  readonly what: Notice['what']
  readonly memberIds?: readonly string[]
  readonly name?: string
  /** Left out, it is how many members there are. */
  readonly count?: number
  readonly setting?: NonNullable<Notice['setting']>
  readonly after?: number | null
  readonly number?: number
}

/**
 * Writes a system line, with the next number of the conversation like any message (Y7).
 * @param senderId who did it; a participant, for whom it counts as read
 */
export async function writeNotice(
  tx: SendTx,
  scope: OrgScope,
  conversationId: string,
  senderId: string,
  given: GivenNotice,
  now: number,
): Promise<MessageRecord> {
  const id = newId()
  const { what, memberIds = [], name = null, setting = null, count = memberIds.length } = given
  const { after, number } = given
  const names = memberIds.slice(0, NOTICE_NAMES_MAX)
  const notice: Notice = {
    what,
    memberIds: names,
    count,
    name,
    setting,
    ...(after !== undefined && { after }),
    ...(number !== undefined && { number }),
  }
  const target = { audience: ofConversation(conversationId), kind: 'message', id } as const
  let written: MessageRecord | undefined
  await tx.changes.appendWith(scope, target, async (seq) => {
    const draft = { id, conversationId, senderId, text: '', notice, sentAt: now, seq }
    written = await tx.messages.insert(scope, draft)
    const { number, quiet } = written
    const mark = { conversationId, memberId: senderId, delivered: number, seen: number, quiet, at: now }
    await tx.conversations.raiseMark(scope, mark)
    return presentMessage(written)
  })
  if (!written) throw new Error('a notice is written at once')
  return written
}
