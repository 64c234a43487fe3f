import { begunOperator, operators, valuesOf } from '@parley/contracts/search/query'
import { useChats, useDepartments, useMe, useMembers } from '@parley/react/hooks'
import { useMemo } from 'react'
import { useText } from '../text/use-text.ts'
import { useNow } from '../time/use-now.ts'
import { findAnything, messagesOf, type Found } from './find-anything.ts'
import { useSuggestions } from './use-suggestions.ts'
import { useMessageSearch } from './use-message-search.ts'
import { useResolvedQuery } from './use-resolved-query.ts'

const PAGE = 20

/** Everything that is found for what is typed, and how the search for messages stands. */
export function useFound(text: string) {
  const t = useText()
  const now = useNow()
  const me = useMe()
  const chats = useChats()
  const members = useMembers()
  const departments = useDepartments()
  const query = useResolvedQuery(text, now)
  const suggested = useSuggestions(text, now)
  const [messages, more] = useMessageSearch(query, PAGE)
  const found = useMemo((): readonly Found[] => {
    const narrowed = begunOperator(text) !== null || operators.some((one) => valuesOf(text, one).length > 0)
    if (narrowed) return [...suggested, ...messagesOf(messages.hits)]
    return findAnything({
      t,
      query: text,
      terms: query.terms,
      me,
      chats,
      members,
      departments,
      hits: messages.hits,
    })
  }, [text, t, me, chats, members, departments, suggested, query.terms, messages.hits])
  return { found, query, messages, more, now }
}
