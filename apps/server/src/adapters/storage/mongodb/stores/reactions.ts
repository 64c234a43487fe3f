import type { ReactionReader, ReactionWriter } from '../../../../domains/messages/reaction-store.ts'
import type { ReactionRecord } from '../../../../domains/messages/reaction.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { keyOf, messages, reactions } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class ReactionReads implements ReactionReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async to(scope: OrgScope, messageIds: readonly string[]): Promise<ReactionRecord[]> {
    const view = await this.#views(scope)
    return view.find(reactions, { where: { messageId: { in: messageIds } } })
  }

  async get(scope: OrgScope, messageId: string, memberId: string): Promise<ReactionRecord | null> {
    return (await this.#views(scope)).get(reactions, keyOf(reactions, { messageId, memberId }))
  }
}

export class ReactionWrites extends ReactionReads implements ReactionWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async put(scope: OrgScope, reaction: ReactionRecord): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(messages, reaction.messageId))) throw new Error('a reaction is to a message')
    view.upsert(reactions, reaction)
  }

  async forgetTo(scope: OrgScope, messageIds: readonly string[]): Promise<void> {
    const view = await this.#views(scope)
    for (const reaction of await this.to(scope, messageIds))
      view.remove(reactions, keyOf(reactions, reaction))
  }
}
