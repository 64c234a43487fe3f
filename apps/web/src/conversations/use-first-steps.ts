import { useChats, useInvites, useMe, useMembers } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { useEffect, useState } from 'react'
import { recall, remember } from '../theme/theme.ts'

const OVER_KEY = 'parley.first-steps-hidden'
/** Whoever has so many chats is not new here, whoever wrote last in them. */
const AT_HOME = 4

/** How far the newly arrived have come: done once, or dismissed once, they are over for good on this device. */
export function useFirstSteps() {
  const client = useClient()
  const me = useMe()
  const chats = useChats()
  const myId = me?.id ?? null
  const hasInvites = useInvites().length > 0
  const hasColleagues = useMembers().size > 1
  const invited = me?.role !== 'admin' || hasInvites || hasColleagues
  const wrote =
    chats.length >= AT_HOME ||
    chats.some(
      ({ conversationId, lastMessage }) =>
        (lastMessage !== null && lastMessage.delivery !== 'received') ||
        client.conversation(conversationId)?.messages.some(({ delivery }) => delivery !== 'received') ===
          true,
    )
  const done = invited && wrote
  const [overFor, setOverFor] = useState(() => recall(OVER_KEY))
  useEffect(() => {
    if (done && myId !== null) remember(OVER_KEY, myId)
  }, [done, myId])
  return {
    invited,
    wrote,
    over: done || (myId !== null && overFor === myId),
    dismiss: () => {
      remember(OVER_KEY, myId)
      setOverFor(myId)
    },
  }
}
