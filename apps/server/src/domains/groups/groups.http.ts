import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { requireGroupAdmin, requireReadable } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { presentConversation } from '../conversations/present-conversation.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { PictureMaker } from '../members/picture-maker.ts'
import { addToGroup } from './add-to-group.ts'
import { changeGroup } from './change-group.ts'
import { createGroup } from './create-group.ts'
import { leaveGroup } from './leave-group.ts'
import type { GroupTx } from './record-group.ts'
import { removeFromGroup } from './remove-from-group.ts'
import { setGroupAdmin } from './set-group-admin.ts'
import { setGroupPicture } from './set-group-picture.ts'

interface Deps {
  readonly run: RunUseCase<GroupTx & { readonly organisations: OrganisationReader }>
  readonly read: { readonly conversations: ConversationReader }
  readonly pictures: PictureMaker
  readonly clock: Clock
}

type Handled =
  | 'createGroup'
  | 'changeGroup'
  | 'addToGroup'
  | 'removeFromGroup'
  | 'leaveGroup'
  | 'setGroupAdmin'
  | 'setGroupPicture'
  | 'removeGroupPicture'
  | 'groupPicture'

export const groupRoutes = ({ run, read, pictures, clock }: Deps): Pick<RouteHandlers, Handled> => ({
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
  setGroupPicture: async ({ actor, params: { conversationId }, upload }) => {
    // whoever may not is refused before a picture is worked on
    await requireGroupAdmin(read.conversations, actor, conversationId)
    const picture = await pictures.square(upload.bytes)
    return presentConversation(
      await run(actor.scope, (tx) => setGroupPicture(tx, actor, conversationId, picture, clock.now())),
    )
  },
  removeGroupPicture: async ({ actor, params: { conversationId } }) =>
    presentConversation(
      await run(actor.scope, (tx) => setGroupPicture(tx, actor, conversationId, null, clock.now())),
    ),
  groupPicture: async ({ actor, params: { conversationId, version } }) => {
    await requireReadable(read.conversations, actor, conversationId)
    const bytes = await read.conversations.picture(actor.scope, conversationId, version)
    if (!bytes) throw new DomainError('not_found')
    return { bytes, type: 'image/webp', cache: 'immutable' }
  },
})
