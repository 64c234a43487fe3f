import type { ConversationView } from '@parley/client/client-api'

/** Who decides whether messages disappear: either of two people, and in a group its admins. */
export function maySetDisappearing(view: ConversationView, me: string | undefined): boolean {
  if (view.closed === 'left' || view.closed === 'gone' || me === undefined) return false
  const { group } = view.conversation
  return group === null || group.adminIds.includes(me)
}
