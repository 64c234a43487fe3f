import { isBlank } from '@parley/contracts/messages/blank'
import type { MessageRecord, SaidTo } from '../local-store/local-store.ts'

/**
 * What is held of a message together with what was heard of it now: of the message itself, and of each person's reactions to it, the newer
 * (Y4). The very same record when nothing is news.
 */
export function mergeRecords(held: MessageRecord | undefined, heard: MessageRecord): MessageRecord {
  if (!held) return heard
  const newer = held.seq <= heard.seq ? heard : held
  // of what was deleted, cleared away or has disappeared nothing is left
  const isOver = newer.message.deletedAt !== undefined || isBlank(newer.message)
  const reactions = isOver ? undefined : mergeSaid(held.reactions, heard.reactions)
  const isNews = newer.seq !== held.seq || newer.message !== held.message || reactions !== held.reactions
  if (!isNews) return held
  const { seq, message } = newer
  return reactions ? { seq, message, reactions } : { seq, message }
}

function mergeSaid(held: SaidTo | undefined, heard: SaidTo | undefined): SaidTo | undefined {
  if (!held || !heard) return heard ?? held
  const news = Object.entries(heard).filter(([memberId, { seq }]) => seq > (held[memberId]?.seq ?? 0))
  return news.length === 0 ? held : { ...held, ...Object.fromEntries(news) }
}

/** A record with what one person says to it now; the very same when that is not news. */
export function withReaction(record: MessageRecord, memberId: string, said: SaidTo[string]): MessageRecord {
  return mergeRecords(record, { ...record, reactions: { [memberId]: said } })
}
