import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { EventHandlers } from '../../platform/realtime/mount-events.ts'
import type { Realtime } from '../../platform/realtime/realtime.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { requireReadable } from './conversation-access.ts'
import { isGroup } from './conversation.ts'
import type { ConversationReader, ConversationWriter } from './conversation-store.ts'
import { appearsOffline, type HidingRead } from './hidden-seen.ts'
import { raiseMarks } from './raise-marks.ts'
import { createTypingBound } from './typing-bound.ts'

interface Deps {
  readonly run: RunUseCase<{
    readonly conversations: ConversationWriter
    readonly organisations: OrganisationReader
    readonly members: MemberReader
    readonly changes: ChangeFeedWriter
  }>
  readonly read: HidingRead & { readonly conversations: ConversationReader }
  readonly realtime: Pick<Realtime, 'toMembers'>
  readonly clock: Clock
  /** Whether somebody is at one of the member's devices just now. */
  readonly isActive: (memberId: string) => boolean
}

export const conversationEvents = ({
  run,
  read,
  realtime,
  clock,
  isActive,
}: Deps): Pick<EventHandlers, 'raiseMarks' | 'signalTyping'> => {
  const bound = createTypingBound(clock)
  return {
    raiseMarks: async ({ actor, payload }) => {
      await run(actor.scope, (tx) => raiseMarks(tx, actor, payload.marks, clock.now()))
      return {}
    },
    signalTyping: async ({ actor, payload }) => {
      const { conversationId, typing } = payload
      const { scope, memberId } = actor
      const conversation = await requireReadable(read.conversations, actor, conversationId)
      // it would tell that they are here
      if (await appearsOffline(read, scope, memberId)) return
      const others = conversation.memberIds.filter((other) => other !== memberId)
      const signal = { conversationId, memberId, typing }
      if (!isGroup(conversation)) realtime.toMembers(others, 'typing', signal)
      // in a group it goes to those who are there to see it, and of a crowd that types a few are told
      else if (bound.admits(conversationId, memberId, typing))
        realtime.toMembers(others.filter(isActive), 'typing', signal)
    },
  }
}
