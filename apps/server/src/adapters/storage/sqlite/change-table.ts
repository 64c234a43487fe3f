import type {
  ChangeDraft,
  ChangeFeedReader,
  ChangeFeedWriter,
  FeedEntry,
} from '../../../kernel/change-feed.ts'
import { idIn } from '../../../kernel/audiences.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Org } from './caches.ts'
import type { Audience, Change, ChangeKind } from './change.ts'
import { findOrg, requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { findTalk } from './talk-rows.ts'
import type { View, WritingView } from './view.ts'

const NEWEST = sql('SELECT max(seq) AS seq FROM changes WHERE org = ? AND audience = ?')
const SINCE = sql(`SELECT seq, audience, kind, id, gone FROM changes
  WHERE org = ? AND audience = ? AND seq > ? ORDER BY seq LIMIT ?`)
const PUT = sql(`INSERT INTO changes (org, audience, kind, id, seq, gone) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET seq = excluded.seq, gone = excluded.gone`)
// The newest entry of an audience stays, since its seq is the audience's head.
const FORGET = sql(`DELETE FROM changes WHERE org = ? AND gone = 1 AND seq < ? AND seq <
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
    return new Map(audiences.map((audience) => [audience, org ? this.headOf(org, audience) : 0]))
  }

  async entriesSince(
    scope: OrgScope,
    audiences: readonly Audience[],
    since: number,
    limit: number,
  ): Promise<FeedEntry[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const entries: FeedEntry[] = []
    for (const audience of audiences) {
      if (this.#entryHead(org, audience) <= since) continue
      const rows = this.view.db.all(SINCE, org.n, audience, since, Math.min(limit, MOST_ROWS)) as Row[]
      for (const { seq, kind, id, gone } of rows) entries.push({ seq, audience, kind, id, gone: gone === 1 })
    }
    return entries.sort((a, b) => a.seq - b.seq).slice(0, limit)
  }

  /** The newest seq of an audience, messages and marks included. */
  protected headOf(org: Org, audience: Audience): number {
    const entry = this.#entryHead(org, audience)
    const conversationId = idIn(audience, 'conversation')
    const talk = conversationId === null ? undefined : findTalk(this.view, org, conversationId)
    return talk ? Math.max(entry, talk.lastSeq, talk.markHead) : entry
  }

  #entryHead(org: Org, audience: Audience): number {
    const caches = this.view.caches()
    const known = caches?.entryHeads.get(org.n, audience)
    if (known !== undefined) return known
    const { seq } = this.view.db.get(NEWEST, org.n, audience) as { seq: number | null }
    caches?.entryHeads.set(org.n, audience, seq ?? 0)
    return seq ?? 0
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
    const prev = this.headOf(org, audience)
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
    const prev = this.headOf(org, audience)
    const seq = this.view.advance(org)
    const data = await write(seq)
    if (this.headOf(org, audience) < seq) throw new Error(`the row of a ${kind} was not stored with its seq`)
    const change = { seq, audience, prev, kind, id, data }
    return this.#note(change as unknown as Extract<Change, { kind: typeof kind }>)
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

  /** Changes are told in order of seq, also when one was appended while another was being written. */
  #note<C extends Change>(change: C): C {
    const { changes } = this.view
    let at = changes.length
    while (at > 0 && (changes[at - 1]?.seq ?? 0) > change.seq) at -= 1
    changes.splice(at, 0, change)
    return change
  }
}
