import type { Conversation } from '@parley/contracts/conversations/conversation'
import type { Member } from '@parley/contracts/members/member'
import type { ClosedBecause, Participant } from '../client-api.ts'
import type { Replica } from '../replica/replica.ts'
import { dataOf } from '../replica/replica-state.ts'

/** Who is in a conversation; the same list until it or somebody in it changes. */
export class Participants {
  readonly #replica: Replica
  readonly #known = new WeakMap<Conversation, { revision: number; list: readonly Participant[] }>()

  constructor(replica: Replica) {
    this.#replica = replica
  }

  of(conversation: Conversation): readonly Participant[] {
    const { state, topics } = this.#replica
    const revision = topics.revision('members')
    const known = this.#known.get(conversation)
    if (known?.revision === revision) return known.list
    const admins = new Set(conversation.group?.adminIds)
    const list = conversation.memberIds.flatMap((id): Participant[] => {
      const member = dataOf(state, 'member', id)
      return member ? [{ member, admin: admins.has(id) }] : []
    })
    this.#known.set(conversation, { revision, list })
    return list
  }
}

/** Why the member cannot write here; null where they can. */
export function closedBecause(
  { kept, group }: Conversation,
  me: string,
  other: Member | null,
): ClosedBecause | null {
  if (kept) return 'left'
  if (group) return group.announcementOnly && !group.adminIds.includes(me) ? 'announcements' : null
  return other?.state === 'active' ? null : 'gone'
}
