import type { RouteResponse } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { MessageRecord, SaidTo } from '../local-store/local-store.ts'

type Page = Pick<RouteResponse<Routes['listMessages']>, 'changes' | 'reactions'>

/** The messages of a page with what is said to them, oldest first. */
export function recordsOfPage({ changes, reactions }: Page): MessageRecord[] {
  const said = new Map<string, Record<string, SaidTo[string]>>()
  for (const { seq, data } of reactions) {
    if (!data) continue
    const { messageId, memberId, emojis } = data
    said.set(messageId, { ...said.get(messageId), [memberId]: { seq, emojis } })
  }
  return changes.flatMap(({ seq, data: message }) => {
    if (!message) return []
    const to = said.get(message.id)
    return [to ? { seq, message, reactions: to } : { seq, message }]
  })
}
