import type { Member } from '@parley/contracts/members/member'
import { useClient } from '@parley/react/parley-provider'
import { useWhyNoChat } from '../communication/use-why-no-chat.ts'
import { useToasts } from '../controls/toasts.tsx'
import { chatAddress, useGo } from '../frame/navigation.ts'

/** Opens the conversation with a colleague, made if need be; where the organisation does not allow that, it says so. */
export function useStartChat(): (member: Member) => Promise<void> {
  const client = useClient()
  const go = useGo()
  const { warn } = useToasts()
  const whyNoChat = useWhyNoChat()
  return async (member) => {
    const known = client.chats().find((chat) => chat.other?.id === member.id)
    const why = whyNoChat(member)
    if (why) {
      warn(why)
      return
    }
    try {
      go(chatAddress(known?.conversationId ?? (await client.startDirect(member.id))))
    } catch (error) {
      warn(error)
    }
  }
}
