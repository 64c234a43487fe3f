import { resolveQuery, type ResolvedQuery } from '@parley/client/search/resolve-query'
import { begunOperator, parseQuery } from '@parley/contracts/search/query'
import { useChats, useMe, useMembers } from '@parley/react/hooks'
import { useMemo } from 'react'
import { useText } from '../text/use-text.ts'
import { conversationName } from '../conversations/conversation-name.ts'

/**
 * What a query asks for, with the people and chats that it names.
 * @param now what today is
 */
export function useResolvedQuery(text: string, now: number): ResolvedQuery {
  const t = useText()
  const me = useMe()
  const members = useMembers()
  const chats = useChats()
  return useMemo(() => {
    const begun = begunOperator(text)
    // an operator without a value asks for nothing yet
    const asked = begun?.value === '' ? text.slice(0, begun.at) : text
    const named = chats.map((chat) => ({
      conversationId: chat.conversationId,
      name: conversationName(t, chat),
    }))
    return resolveQuery(parseQuery(asked, now), { me: me?.id ?? null, members, chats: named })
  }, [t, text, now, me, members, chats])
}
