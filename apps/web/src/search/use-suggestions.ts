import { useChats, useMe, useMembers } from '@parley/react/hooks'
import { useMemo } from 'react'
import { useText } from '../text/use-text.ts'
import { suggest, type Suggestion } from './suggestions.ts'

/** What the operator at the end of a query could be about. */
export function useSuggestions(text: string, now: number): readonly Suggestion[] {
  const t = useText()
  const me = useMe()
  const chats = useChats()
  const members = useMembers()
  return useMemo(() => suggest({ text, t, me, chats, members, now }), [text, t, me, chats, members, now])
}
