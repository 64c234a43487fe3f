import { mayStartDirect } from '@parley/contracts/communication/rules'
import type { Member } from '@parley/contracts/members/member'
import { useChats, useCommunication, useMe } from '@parley/react/hooks'
import { useText } from '../text/use-text.ts'

/** Says why the organisation does not let one start a chat with somebody; null where it does, and where there is one already. */
export function useWhyNoChat(): (other: Member) => string | null {
  const t = useText()
  const rules = useCommunication()
  const me = useMe()
  const chats = useChats()
  return (other) => {
    if (!me || mayStartDirect(rules, me, other)) return null
    if (chats.some((chat) => chat.other?.id === other.id)) return null
    return t(rules.directChats === 'admins' ? 'rules.chatsAdmins' : 'rules.chatsDepartment')
  }
}
