import { useClient } from '@parley/react/parley-provider'
import { useCallback } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { chatAddress, useGo } from '../frame/navigation.ts'

/** Opens the conversation with a colleague, made if need be. */
export function useStartChat(): (memberId: string) => Promise<void> {
  const client = useClient()
  const go = useGo()
  const { warn } = useToasts()
  return useCallback(
    async (memberId: string) => {
      const known = client.chats().find((chat) => chat.other?.id === memberId)
      try {
        go(chatAddress(known?.conversationId ?? (await client.startDirect(memberId))))
      } catch (error) {
        warn(error)
      }
    },
    [client, go, warn],
  )
}
