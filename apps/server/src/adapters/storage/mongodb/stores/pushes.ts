import type { PushReader, PushWriter } from '../../../../domains/notifications/push-store.ts'
import type { PushRecord } from '../../../../domains/notifications/push.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { pushes, pushFollow } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

/** An organisation follows its messages at one place. */
const FOLLOWER = 'messages'
const ENDED = ['accepted', 'failed', 'expired', 'withdrawn'] as const

export class PushReads implements PushReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async followed(scope: OrgScope): Promise<number | null> {
    return (await (await this.#views(scope)).get(pushFollow, FOLLOWER))?.seq ?? null
  }

  async due(scope: OrgScope, at: number, limit: number): Promise<PushRecord[]> {
    const view = await this.#views(scope)
    return view.find(pushes, { where: { state: 'queued', at: { below: at + 1 } }, order: ['at', 1], limit })
  }

  async nextDue(scope: OrgScope): Promise<number | null> {
    const view = await this.#views(scope)
    const [next] = await view.find(pushes, { where: { state: 'queued' }, order: ['at', 1], limit: 1 })
    return next?.at ?? null
  }

  async lastTold(scope: OrgScope, sessionId: string, topic: string): Promise<PushRecord | null> {
    const view = await this.#views(scope)
    const where = { sessionId, topic, state: { in: ENDED } }
    const [last] = await view.find(pushes, { where, order: ['queuedAt', -1], limit: 1 })
    return last ?? null
  }

  async listOf(scope: OrgScope, memberId: string, limit: number): Promise<PushRecord[]> {
    return (await this.#views(scope)).find(pushes, { where: { memberId }, order: ['queuedAt', -1], limit })
  }
}

export class PushWrites extends PushReads implements PushWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async setFollowed(scope: OrgScope, seq: number): Promise<void> {
    const view = await this.#views(scope)
    view.upsert(pushFollow, { follower: FOLLOWER, seq })
  }

  async insert(scope: OrgScope, push: PushRecord): Promise<boolean> {
    const view = await this.#views(scope)
    const { sessionId, topic } = push
    // transactions run one after another (T3), so a look is enough
    const queued =
      push.state === 'queued'
        ? await view.find(pushes, { where: { state: 'queued', sessionId, topic }, limit: 1 })
        : []
    if (queued.length > 0) return false
    view.insert(pushes, push)
    return true
  }

  async update(scope: OrgScope, pushId: string, patch: Parameters<PushWriter['update']>[2]): Promise<void> {
    await (await this.#views(scope)).update(pushes, pushId, patch)
  }

  async remove(scope: OrgScope, pushId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(pushes, pushId)
  }

  async hurry(scope: OrgScope, memberId: string, at: number): Promise<void> {
    const view = await this.#views(scope)
    const where = { state: 'queued' as const, memberId, attempts: 0, at: { above: at } }
    for (const { id } of await view.find(pushes, { where })) await view.update(pushes, id, { at })
  }

  async removeEndedBefore(scope: OrgScope, at: number): Promise<void> {
    const view = await this.#views(scope)
    const where = { state: { in: ENDED }, at: { below: at } }
    for (const { id } of await view.find(pushes, { where })) view.remove(pushes, id)
  }
}
