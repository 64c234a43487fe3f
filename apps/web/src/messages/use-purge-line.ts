import type { ConversationView } from '@parley/client/client-api'
import { useMembers } from '@parley/react/hooks'
import { isolated } from '../text/listed.ts'
import { useText } from '../text/use-text.ts'
import type { PurgedRange } from './stream-rows.ts'

/** Says that messages were deleted by the organisation's rule, and who set it. */
export function usePurgeText(): (range: PurgedRange) => string {
  const t = useText()
  const members = useMembers()
  return ({ days, memberId }) => {
    const count = days ?? 0
    if (memberId === null) return t('conversation.purged', { count })
    const name = members.get(memberId)?.name ?? t('chats.formerMember')
    return t('conversation.purgedBy', { count, name: isolated(name) })
  }
}

/** The same of the oldest messages of a chat; null where none of them were. */
export function usePurgeLine({ purged, messages }: ConversationView): string | null {
  const say = usePurgeText()
  const oldest = messages[0]?.number ?? Infinity
  const last = purged.findLast(({ why, to }) => why === 'retention' && to < oldest)
  return last ? say(last) : null
}
