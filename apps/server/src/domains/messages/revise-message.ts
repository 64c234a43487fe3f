import type { ChangeFor } from '@parley/contracts/sync/change'
import { ofConversation } from '../../kernel/audiences.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageRecord, Revision } from './message.ts'
import { presentMessage } from './present-message.ts'
import type { MentionTx } from './record-mentions.ts'

export type ReviseTx = MentionTx

/**
 * Changes a message that was sent, for all who may see it. It keeps its place; the feed gets an entry, and the row its seq, so that
 * whoever reads the row knows how new it is (Y4).
 */
export async function reviseMessage(
  tx: ReviseTx,
  scope: OrgScope,
  message: MessageRecord,
  { text, extras }: Pick<Revision, 'text' | 'extras'>,
): Promise<ChangeFor<'message'>> {
  const { id, conversationId } = message
  const data = presentMessage({ ...message, text, extras })
  const audience = ofConversation(conversationId)
  const change = await tx.changes.append(scope, { audience, kind: 'message', id, data })
  await tx.messages.revise(scope, id, { seq: change.seq, text, extras })
  return change as ChangeFor<'message'>
}
