import type { ConversationView } from '@parley/client/client-api'
import { useMe } from '@parley/react/hooks'
import { useIsPhone } from '../controls/use-media.ts'
import { isolated, listed } from '../text/listed.ts'
import { useText } from '../text/use-text.ts'

/** So many are named where a line has room for names. */
const NAMED = 5

/** Who is in a group, as the line under its name has room for: "Mei, Rafael and 7 more", or how many they are. */
export function useGroupLine({ conversation, participants }: ConversationView): string {
  const t = useText()
  const me = useMe()?.id
  const isPhone = useIsPhone()
  if (conversation.kept) return t('groups.noLonger')
  const count = conversation.memberIds.length
  const others = participants
    .filter(({ member }) => member.id !== me)
    .map(({ member }) => isolated(member.name))
  if (isPhone || others.length === 0) return t('groups.countMembers', { count })
  if (others.length <= NAMED + 1) return listed(others)
  return t('groups.andMore', {
    names: others.slice(0, NAMED).join(', '),
    count: String(others.length - NAMED),
  })
}
