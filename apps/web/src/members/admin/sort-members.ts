import type { Account, Member } from '@parley/contracts/members/member'
import type { Presence } from '@parley/client/presence/presence-view'
import { compareText } from '../find-members.ts'

export const columns = ['name', 'email', 'role', 'lastSeen'] as const
export type Column = (typeof columns)[number]
export interface Order {
  readonly column: Column
  readonly down: boolean
}

const rank = { admin: 0, manager: 1, member: 2 } as const

interface Facts {
  readonly accounts: ReadonlyMap<string, Account>
  readonly presence: (memberId: string) => Presence | null
}

/** Newest first is what "last seen" is sorted for; the others go from A to Z. */
export function sortMembers(members: readonly Member[], order: Order, facts: Facts): Member[] {
  const seen = (member: Member) => {
    const presence = facts.presence(member.id)
    return presence?.online ? Number.MAX_SAFE_INTEGER : (presence?.lastSeenAt ?? 0)
  }
  const email = (member: Member) => facts.accounts.get(member.id)?.email ?? ''
  const compare: Record<Column, (a: Member, b: Member) => number> = {
    name: () => 0,
    email: (a, b) => compareText(email(a), email(b)),
    role: (a, b) => rank[a.role] - rank[b.role],
    lastSeen: (a, b) => seen(b) - seen(a),
  }
  const sign = order.down ? -1 : 1
  return [...members].sort((a, b) => sign * (compare[order.column](a, b) || compareText(a.name, b.name)))
}
