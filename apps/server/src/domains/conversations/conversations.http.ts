import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { requireReadable } from './conversation-access.ts'
import type { ConversationReader, ConversationWriter } from './conversation-store.ts'
import { isSeenHidden, type HidingRead } from './hidden-seen.ts'
import { presentConversation } from './present-conversation.ts'
import { presentParticipantMarks } from './present-participant-marks.ts'
import { raiseMarks } from './raise-marks.ts'
import { startDirectConversation } from './start-direct-conversation.ts'

interface Deps {
  readonly run: RunUseCase<{
    readonly conversations: ConversationWriter
    readonly members: MemberReader
    readonly organisations: OrganisationReader
    readonly changes: ChangeFeedWriter
  }>
  readonly read: HidingRead & { readonly conversations: ConversationReader }
  readonly clock: Clock
}

type Handled = 'startDirectConversation' | 'raiseMarksOf' | 'listMarks'

export const conversationRoutes = ({ run, read, clock }: Deps): Pick<RouteHandlers, Handled> => ({
  startDirectConversation: async ({ actor, body }) =>
    presentConversation(
      await run(actor.scope, (tx) => startDirectConversation(tx, actor, body.memberId, clock.now())),
    ),
  raiseMarksOf: ({ actor, params, body }) =>
    run(actor.scope, (tx) =>
      raiseMarks(tx, actor, [{ conversationId: params.conversationId, ...body }], clock.now()),
    ),
  listMarks: async ({ actor, params: { conversationId } }) => {
    await requireReadable(read.conversations, actor, conversationId)
    const { scope, memberId } = actor
    const hides = await isSeenHidden(read, scope, [memberId])
    const marks = await read.conversations.participants(scope, conversationId)
    return presentParticipantMarks(marks, { memberId, hides })
  },
})
