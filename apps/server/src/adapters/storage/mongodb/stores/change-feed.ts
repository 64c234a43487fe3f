import type {
  ChangeDraft,
  ChangeFeedReader,
  ChangeFeedWriter,
  FeedEntry,
} from '../../../../kernel/change-feed.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { Audience, Change, ChangeData, ChangeFor, ChangeKind } from '../feed-types.ts'
import type { OrgView } from '../org-view.ts'
import { changes, forgotten, heads, keyOf } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class ChangeFeedReads implements ChangeFeedReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async head(scope: OrgScope): Promise<number> {
    return (await (await this.#views(scope)).position()).feedSeq
  }

  async floor(scope: OrgScope): Promise<number> {
    return (await (await this.#views(scope)).position()).floor
  }

  async heads(scope: OrgScope, audiences: readonly Audience[]): Promise<ReadonlyMap<Audience, number>> {
    const view = await this.#views(scope)
    await view.position()
    const found = await view.getMany(heads, audiences)
    return new Map(audiences.map((audience) => [audience, found.get(audience)?.seq ?? 0]))
  }

  async entriesSince(
    scope: OrgScope,
    audiences: readonly Audience[],
    since: number,
    limit: number,
  ): Promise<FeedEntry[]> {
    const view = await this.#views(scope)
    const where = { audience: { in: audiences }, seq: { above: since } }
    const found = await view.find(changes, { where, order: ['seq', 1], limit })
    await view.told(found.at(-1)?.seq ?? 0)
    return found
  }

  async purgesAfter(scope: OrgScope, since: number, limit: number): Promise<FeedEntry[]> {
    const view = await this.#views(scope)
    const where = { kind: 'purge', seq: { above: since } } as const
    const found = await view.find(changes, { where, order: ['seq', 1], limit })
    await view.told(found.at(-1)?.seq ?? 0)
    return found
  }

  async entriesOf(
    scope: OrgScope,
    audiences: readonly Audience[],
    kinds: readonly ChangeKind[],
  ): Promise<FeedEntry[]> {
    const view = await this.#views(scope)
    const found = await view.find(changes, { where: { audience: { in: audiences }, kind: { in: kinds } } })
    found.sort((a, b) => a.seq - b.seq)
    await view.told(found.at(-1)?.seq ?? 0)
    return found
  }
}

export class ChangeFeedWrites extends ChangeFeedReads implements ChangeFeedWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async append<K extends ChangeKind>(scope: OrgScope, draft: ChangeDraft<K>): Promise<Change> {
    const view = await this.#views(scope)
    const { audience, kind, id, data } = draft
    const { seq, prev } = await view.nextSeq(audience)
    view.upsert(changes, { seq, audience, kind, id, gone: isGone(data) })
    return note(view, { seq, audience, prev, kind, id, data })
  }

  async appendWith<K extends 'message' | 'mark'>(
    scope: OrgScope,
    target: { readonly audience: Audience; readonly kind: K; readonly id: string },
    write: (seq: number) => Promise<ChangeData<K>>,
  ): Promise<ChangeFor<K>> {
    const view = await this.#views(scope)
    const { audience, kind, id } = target
    const { seq, prev, undo } = await view.nextSeq(audience)
    try {
      return note(view, { seq, audience, prev, kind, id, data: await write(seq) })
    } catch (error) {
      undo()
      throw error
    }
  }

  async forget(scope: OrgScope, audience: Audience, kind: ChangeKind, ids: readonly string[]): Promise<void> {
    const view = await this.#views(scope)
    const keys = ids.map((id) => keyOf(changes, { audience, kind, id }))
    const newest = (await view.getMany(heads, [audience])).get(audience)?.seq
    for (const [key, { seq }] of await view.getMany(changes, keys))
      if (seq !== newest) view.remove(changes, key)
  }

  async forgetBefore(scope: OrgScope, before: number): Promise<void> {
    const view = await this.#views(scope)
    const gone = await view.find(changes, {
      where: { gone: true, seq: { below: before } },
      order: ['seq', 1],
    })
    for (const entry of gone) view.remove(changes, keyOf(changes, entry))
    await keepHeads(view, new Map(gone.map(({ audience, seq }) => [audience, seq])))
    view.written.floor = Math.max(view.written.floor, before)
  }
}

/** An audience whose newest entry is forgotten still has its head. */
async function keepHeads(view: WriteView, newestForgotten: ReadonlyMap<Audience, number>): Promise<void> {
  const known = await view.getMany(heads, [...newestForgotten.keys()])
  for (const [audience, seq] of newestForgotten) {
    if (known.get(audience)?.seq === seq) view.upsert(forgotten, { audience, seq })
  }
}

interface Stated<K extends ChangeKind> extends ChangeDraft<K> {
  readonly seq: number
  readonly prev: number
}

/** Access that was lost is gone; that is all there is to remember of it. */
function isGone(data: ChangeData<ChangeKind> | null): boolean {
  return data === null || ('state' in data && 'audience' in data && data.state === 'lost')
}

function note<K extends ChangeKind>(view: WriteView, stated: Stated<K>): ChangeFor<K> {
  const { changes: noted } = view.written
  // That a kind and its data belong together is stated by the type parameter, which the union cannot follow.
  const change = stated as unknown as ChangeFor<K>
  noted.push(change)
  noted.sort((a, b) => a.seq - b.seq)
  return change
}
