import type { ConversationView } from '@parley/client/client-api'
import { useMembers } from '@parley/react/hooks'
import { isolated } from '../text/listed.ts'
import { useText } from '../text/use-text.ts'

/** That the oldest messages of a chat were deleted by the organisation's rule, and who set it; null where none were. */
export function usePurgeLine({ purged, messages }: ConversationView): string | null {
  const t = useText()
  const members = useMembers()
  const oldest = messages[0]?.number ?? Infinity
  const last = purged.findLast(({ why, to }) => why === 'retention' && to < oldest)
  if (!last) return null
  const count = last.days ?? 0
  if (last.memberId === null) return t('conversation.purged', { count })
  const name = members.get(last.memberId)?.name ?? t('chats.formerMember')
  return t('conversation.purgedBy', { count, name: isolated(name) })
}
