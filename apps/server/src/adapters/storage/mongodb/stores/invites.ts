import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { InviteRecord } from '../../../../domains/invites/invite.ts'
import type { InviteReader, InviteWriter } from '../../../../domains/invites/invite-store.ts'
import type { OrgView } from '../org-view.ts'
import { invites } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class InviteReads implements InviteReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, inviteId: string): Promise<InviteRecord | null> {
    return (await this.#views(scope)).get(invites, inviteId)
  }

  async getMany(scope: OrgScope, inviteIds: readonly string[]): Promise<InviteRecord[]> {
    return [...(await (await this.#views(scope)).getMany(invites, inviteIds)).values()]
  }
}

export class InviteWrites extends InviteReads implements InviteWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, invite: InviteRecord): Promise<void> {
    const view = await this.#views(scope)
    view.insert(invites, invite)
  }

  async update(
    scope: OrgScope,
    inviteId: string,
    patch: Parameters<InviteWriter['update']>[2],
  ): Promise<void> {
    await (await this.#views(scope)).update(invites, inviteId, patch)
  }
}
