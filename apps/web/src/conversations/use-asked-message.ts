import type { ConversationView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { useEffect, useState } from 'react'
import { useToasts } from '../controls/toasts.tsx'
import { chatAddress, replacePick, useQuery } from '../frame/navigation.ts'

/** A message to be brought before the person's eyes; another object for each time. */
export interface Target {
  readonly number: number
}

/**
 * Brings the message that the address asks for to the screen (`messageAddress` makes such addresses), wherever it stands. Afterwards the
 * address is the chat's own again, so that asking once more asks again.
 * @returns the message, and whether it is still being looked for
 */
export function useAskedMessage(conversationId: string, view: ConversationView | null) {
  const client = useClient()
  const { warn } = useToasts()
  const asked = Number(useQuery().get('message') ?? 0)
  const [target, setTarget] = useState<Target | null>(null)
  // one that was written a moment ago may still be on its way here
  const known = view !== null && view.lastNumber >= asked
  useEffect(() => {
    if (!known || asked < 1) return
    let left = false
    void client.showMessage(conversationId, asked).then((failure) => {
      if (left) return
      if (failure === null) setTarget({ number: asked })
      else warn(failure)
      replacePick(chatAddress(conversationId))
    })
    return () => {
      left = true
    }
  }, [client, conversationId, asked, known, warn])
  return { target, looking: asked > 0 && known }
}
