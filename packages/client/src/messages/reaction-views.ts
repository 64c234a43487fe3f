import type { ReactionView } from '../messages/reaction-view.ts'
import type { MessageRecord, QueuedCall, SaidTo } from '../local-store/local-store.ts'

/** Nearly no message has any; one object for all of them. */
export const noReactions: readonly ReactionView[] = []

/**
 * What people put to a message: each emoji with who did, those of most people first.
 * @param pending the own reactions as they are to be, while the server does not know yet
 */
export function reactionViews(
  { reactions }: MessageRecord,
  me: string | undefined,
  pending: QueuedCall | undefined,
): readonly ReactionView[] {
  const queued = pending?.state === 'queued' && me !== undefined
  if (!reactions && !queued) return noReactions
  const said: SaidTo = queued
    ? { ...reactions, [me]: { seq: Infinity, emojis: emojisIn(pending) } }
    : (reactions ?? {})
  const byEmoji = new Map<string, string[]>()
  for (const [memberId, { emojis }] of Object.entries(said).sort(([, a], [, b]) => a.seq - b.seq))
    for (const emoji of emojis) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), memberId])
  if (byEmoji.size === 0) return noReactions
  return [...byEmoji]
    .map(([emoji, memberIds]) => ({ emoji, memberIds, mine: me !== undefined && memberIds.includes(me) }))
    .sort((a, b) => b.memberIds.length - a.memberIds.length)
}

const emojisIn = ({ input }: QueuedCall): readonly string[] =>
  (input as { readonly body: { readonly emojis: readonly string[] } }).body.emojis
