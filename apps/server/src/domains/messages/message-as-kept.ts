import type { OrgScope } from '../../kernel/org-scope.ts'
import { isDeleted } from './message-rules.ts'
import { newestSeqOf, type MessageRecord } from './message.ts'
import type { MessageReader } from './message-store.ts'

/**
 * Messages as who has left may read them: edits that followed are not theirs to see (Y9). That one was deleted is, because then
 * nothing is left of it.
 * @param until the number of the line with which their part ended
 */
export async function messagesAsKept(
  read: MessageReader,
  scope: OrgScope,
  messages: readonly MessageRecord[],
  until: number,
): Promise<MessageRecord[]> {
  const [newest] = messages
  if (!newest || messages.every(({ revisedSeq }) => revisedSeq === undefined)) return [...messages]
  const range = { before: until + 1, limit: 1 }
  const [end] = await read.page(scope, newest.conversationId, range)
  const left = end?.seq ?? 0
  return Promise.all(messages.map((message) => asOf(read, scope, message, left)))
}

/** A message as it was at a seq. */
async function asOf(
  read: MessageReader,
  scope: OrgScope,
  message: MessageRecord,
  seq: number,
): Promise<MessageRecord> {
  if (newestSeqOf(message) <= seq || isDeleted(message)) return message
  const edits = await read.edits(scope, message.id)
  const { text, mentions } = edits.find((edit) => edit.seq > seq) ?? { ...message.extras, text: message.text }
  const earlier = edits.findLast((edit) => edit.seq <= seq)
  // what was fetched later is not theirs to see either
  const { editedAt: _later, linkPreview: _fetched, mentions: _present, ...rest } = message.extras ?? {}
  const extras = { ...rest, ...(mentions && { mentions }) }
  const { revisedSeq: _newest, ...sent } = message
  if (!earlier) return { ...sent, text, extras }
  return { ...sent, text, extras: { ...extras, editedAt: earlier.at }, revisedSeq: earlier.seq }
}
