import type {
  ChangeDraft,
  ChangeFeedReader,
  ChangeFeedWriter,
  FeedEntry,
} from '../../../kernel/change-feed.ts'
import { idIn, ofConversation } from '../../../kernel/audiences.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Org } from './caches.ts'
import type { Audience, Change, ChangeKind } from './change.ts'
import { findEntryHeads } from './entry-heads.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { findTalk, findTalks } from './find-talks.ts'
import type { View, WritingView } from './view.ts'

const SINCE = sql(`SELECT seq, audience, kind, changes.id, gone FROM json_each(?) AS wanted
  CROSS JOIN changes ON org = ? AND audience = wanted.value AND seq > ? ORDER BY seq LIMIT ?`)
// The table itself is read, audience by audience and kind by kind, past what there may be very many of.
const OF_KINDS = sql(`SELECT seq, audience, kind, changes.id, gone FROM json_each(?) AS wanted
  CROSS JOIN json_each(?) AS kinds CROSS JOIN changes ON org = ? AND audience = wanted.value AND kind = kinds.value`)
const PURGES_AFTER = sql(`SELECT seq, audience, kind, id, gone FROM changes
  WHERE org = ? AND seq > ? AND kind = 'purge' ORDER BY seq LIMIT ?`)
const PUT = sql(`INSERT INTO changes (org, audience, kind, id, seq, gone) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET seq = excluded.seq, gone = excluded.gone`)
// The newest entry of an audience stays, since its seq is the audience's head.
const FORGET = sql(`DELETE FROM changes WHERE org = ? AND gone = 1 AND seq < ? AND seq <
  (SELECT max(seq) FROM changes AS other WHERE other.org = changes.org AND other.audience = changes.audience)`)
const FORGET_THESE = sql(`DELETE FROM changes WHERE org = ? AND audience = ? AND kind = ?
  AND id IN (SELECT wanted.value FROM json_each(?) AS wanted) AND seq <
  (SELECT max(seq) FROM changes AS other WHERE other.org = changes.org AND other.audience = changes.audience)`)
const RAISE_FLOOR = sql('UPDATE feeds SET floor = ? WHERE org = ?')
export const SET_HEAD = sql('UPDATE feeds SET head = ? WHERE org = ?')

interface Row {
  seq: number
  audience: Audience
  kind: ChangeKind
  id: string
  gone: number
}

const MOST_ROWS = 1_000_000

const entriesOf = (rows: readonly Row[]): FeedEntry[] =>
  rows.map(({ seq, audience, kind, id, gone }) => ({ seq, audience, kind, id, gone: gone === 1 }))

export class ChangeTable implements ChangeFeedReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async head(scope: OrgScope): Promise<number> {
    return findOrg(this.view, scope)?.head ?? 0
  }

  async floor(scope: OrgScope): Promise<number> {
    return findOrg(this.view, scope)?.floor ?? 0
  }

  async heads(scope: OrgScope, audiences: readonly Audience[]): Promise<ReadonlyMap<Audience, number>> {
    const org = findOrg(this.view, scope)
    return org ? this.headsOf(org, audiences) : new Map(audiences.map((audience) => [audience, 0]))
  }

  async entriesSince(
    scope: OrgScope,
    audiences: readonly Audience[],
    since: number,
    limit: number,
  ): Promise<FeedEntry[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const entryHeads = findEntryHeads(this.view, org, audiences)
    const moved = audiences.filter((audience) => (entryHeads.get(audience) ?? 0) > since)
    if (moved.length === 0) return []
    const wanted = JSON.stringify(moved)
    return entriesOf(this.view.db.all(SINCE, wanted, org.n, since, Math.min(limit, MOST_ROWS)) as Row[])
  }

  async entriesOf(
    scope: OrgScope,
    audiences: readonly Audience[],
    kinds: readonly ChangeKind[],
  ): Promise<FeedEntry[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const wanted = [JSON.stringify(audiences), JSON.stringify(kinds)] as const
    const rows = this.view.db.all(OF_KINDS, ...wanted, org.n) as Row[]
    return entriesOf(rows.sort((a, b) => a.seq - b.seq))
  }

  async purgesAfter(scope: OrgScope, since: number, limit: number): Promise<FeedEntry[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    return entriesOf(this.view.db.all(PURGES_AFTER, org.n, since, limit) as Row[])
  }

  /** The newest seq of each audience, messages and marks included. */
  protected headsOf(org: Org, audiences: readonly Audience[]): Map<Audience, number> {
    const heads = findEntryHeads(this.view, org, audiences)
    const talkIds = audiences.map((audience) => idIn(audience, 'conversation')).filter((id) => id !== null)
    for (const talk of findTalks(this.view, org, talkIds)) {
      const audience = ofConversation(talk.record.id)
      heads.set(audience, Math.max(heads.get(audience) ?? 0, talk.lastSeq, talk.markHead))
    }
    return heads
  }
}

export class WritableChangeTable extends ChangeTable implements ChangeFeedWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async append<K extends ChangeKind>(scope: OrgScope, draft: ChangeDraft<K>): Promise<Change> {
    const { audience, kind, id, data } = draft
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    const prev = this.#headOf(org, audience)
    const seq = this.view.advance(org)
    const gone = data === null || (kind === 'access' && 'state' in data && data.state === 'lost')
    db.run(PUT, org.n, audience, kind, id, seq, gone ? 1 : 0)
    const caches = this.view.caches()
    this.view.touch(caches.entryHeads, audience)
    caches.entryHeads.set(org.n, audience, seq)
    return this.#note({ seq, audience, prev, kind, id, data } as Change)
  }

  /** A property, since only so it takes over the port's type parameters. */
  readonly appendWith: ChangeFeedWriter['appendWith'] = async (scope, { audience, kind, id }, write) => {
    this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    const prev = this.#headOf(org, audience)
    const seq = this.view.advance(org)
    const data = await write(seq)
    if (this.#headOf(org, audience) < seq) throw new Error(`the row of a ${kind} was not stored with its seq`)
    const change = { seq, audience, prev, kind, id, data }
    return this.#note(change as unknown as Extract<Change, { kind: typeof kind }>)
  }

  async forget(scope: OrgScope, audience: Audience, kind: ChangeKind, ids: readonly string[]): Promise<void> {
    const db = this.view.writing(scope)
    db.run(FORGET_THESE, requireOrg(this.view, scope).n, audience, kind, JSON.stringify(ids))
  }

  async forgetBefore(scope: OrgScope, before: number): Promise<void> {
    const db = this.view.writing(scope)
    const org = requireOrg(this.view, scope)
    // A floor beyond the head would send every client back to load again for ever.
    const floor = Math.min(before, org.head)
    if (floor <= org.floor) return
    db.run(FORGET, org.n, floor)
    db.run(RAISE_FLOOR, floor, org.n)
    this.view.touch(this.view.caches().orgs, scope)
    org.floor = floor
  }

  /** As `headsOf`; without its detours, since every message asks for it twice. */
  #headOf(org: Org, audience: Audience): number {
    const entry = this.view.caches().entryHeads.get(org.n, audience)
    if (entry === undefined) return this.headsOf(org, [audience]).get(audience) ?? 0
    const conversationId = idIn(audience, 'conversation')
    const talk = conversationId === null ? undefined : findTalk(this.view, org, conversationId)
    return talk ? Math.max(entry, talk.lastSeq, talk.markHead) : entry
  }

  /** Changes are told in order of seq, also when one was appended while another was being written. */
  #note<C extends Change>(change: C): C {
    const { changes } = this.view
    let at = changes.length
    while (at > 0 && (changes[at - 1]?.seq ?? 0) > change.seq) at -= 1
    changes.splice(at, 0, change)
    return change
  }
}
