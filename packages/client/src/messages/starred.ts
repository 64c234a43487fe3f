import { STARRED_PAGE_MAX } from '@parley/contracts/messages/bounds'
import { isGone } from './is-gone.ts'
import type { MessageView, ParleyClient } from '../client-api.ts'
import type { StarredMessage } from '../messages/starred-message.ts'
import type { MessageRecord } from '../local-store/local-store.ts'
import type { Replica } from '../replica/replica.ts'
import { MessageViews, othersMarks } from './message-views.ts'

interface Deps {
  readonly replica: Replica
  readonly call: ParleyClient['call']
  readonly now: () => number
}

/** The messages themselves: those that this device holds, and where the server can be asked, the others. In the order of asking. */
export async function readStarred(
  { replica, call, now }: Deps,
  wanted: readonly StarredMessage[],
): Promise<MessageView[]> {
  const found = new Map<string, MessageRecord>()
  for (const { conversationId, number, messageId } of wanted) {
    const [record] = await replica.readMessages(conversationId, number, number + 1, 1)
    if (record?.message.id === messageId) found.set(messageId, record)
  }
  const missing = wanted.map(({ messageId }) => messageId).filter((id) => !found.has(id))
  for (let from = 0; from < missing.length; from += STARRED_PAGE_MAX) {
    const messageIds = missing.slice(from, from + STARRED_PAGE_MAX)
    const { changes } = await call('starredMessages', { body: { messageIds } }).catch(() => ({ changes: [] }))
    for (const { seq, data } of changes) if (data) found.set(data.id, { seq, message: data })
  }
  const views = new MessageViews(replica.state, now)
  const me = replica.state.meta.session?.memberId
  return wanted.flatMap(({ messageId }) => {
    const record = found.get(messageId)
    if (!record || record.message.deletedAt !== undefined || isGone(record.message, now())) return []
    return [views.of(record, me, othersMarks(replica.state, record.message.conversationId))]
  })
}
