import type { Clock } from '../../kernel/clock.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { presentConversation } from '../conversations/present-conversation.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { addToGroup } from './add-to-group.ts'
import { changeGroup } from './change-group.ts'
import { createGroup } from './create-group.ts'
import { leaveGroup } from './leave-group.ts'
import type { GroupTx } from './record-group.ts'
import { removeFromGroup } from './remove-from-group.ts'
import { setGroupAdmin } from './set-group-admin.ts'

interface Deps {
  readonly run: RunUseCase<GroupTx & { readonly organisations: OrganisationReader }>
  readonly clock: Clock
}

type Handled =
  'createGroup' | 'changeGroup' | 'addToGroup' | 'removeFromGroup' | 'leaveGroup' | 'setGroupAdmin'

export const groupRoutes = ({ run, clock }: Deps): Pick<RouteHandlers, Handled> => ({
  createGroup: async ({ actor, body }) =>
    presentConversation(await run(actor.scope, (tx) => createGroup(tx, actor, body, clock.now()))),
  changeGroup: async ({ actor, params, body }) =>
    presentConversation(
      await run(actor.scope, (tx) => changeGroup(tx, actor, params.conversationId, body, clock.now())),
    ),
  addToGroup: async ({ actor, params, body }) =>
    presentConversation(
      await run(actor.scope, (tx) =>
        addToGroup(tx, actor, params.conversationId, body.memberIds, clock.now()),
      ),
    ),
  removeFromGroup: async ({ actor, params, body }) =>
    presentConversation(
      await run(actor.scope, (tx) => removeFromGroup(tx, actor, params.conversationId, body, clock.now())),
    ),
  leaveGroup: ({ actor, params }) =>
    run(actor.scope, (tx) => leaveGroup(tx, actor, params.conversationId, clock.now())),
  setGroupAdmin: async ({ actor, params: { conversationId, memberId }, body: { admin } }) =>
    presentConversation(
      await run(actor.scope, (tx) =>
        setGroupAdmin(tx, actor, conversationId, { memberId, admin }, clock.now()),
      ),
    ),
})
