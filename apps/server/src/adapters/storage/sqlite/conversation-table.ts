import type { ConversationReader } from '../../../domains/conversations/conversation-store.ts'
import type {
  ConversationRecord,
  MarkRecord,
  ReadableRecord,
  PurgedRangeRecord,
  Watermarks,
} from '../../../domains/conversations/conversation.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { findMember } from './member-table.ts'
import { findOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import { findTalk, findTalks } from './find-talks.ts'
import { talkId } from './talk-rows.ts'
import type { Talk } from './talk.ts'
import type { View } from './view.ts'

/** The direct conversation of two surrogates, the lower first. */
export const DIRECT = sql('SELECT conversation FROM directs WHERE low = ? AND high = ?')
const OF_MEMBER =
  sql(`SELECT conversations.id FROM marks JOIN conversations ON conversations.n = marks.conversation
  WHERE marks.member = ? AND kept_until IS NULL`)
const READABLE_BY =
  sql(`SELECT conversations.id, from_number, kept_until FROM marks JOIN conversations ON conversations.n = marks.conversation
  WHERE marks.member = ?`)
const PICTURE = sql('SELECT bytes FROM group_pictures WHERE conversation = ? AND version = ?')
const QUIET = sql(
  'SELECT quiet FROM messages WHERE conversation = ? AND number <= ? ORDER BY number DESC LIMIT 1',
)
const IDS_AFTER = sql('SELECT id FROM conversations WHERE org = ? AND id > ? ORDER BY id LIMIT ?')

interface ReadableRow {
  id: string
  from_number: number
  kept_until: number | null
}

const NOBODY: Watermarks = { delivered: 0, seen: 0 }

export class ConversationTable implements ConversationReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, conversationId: string): Promise<ConversationRecord | null> {
    return this.find(scope, conversationId)?.record ?? null
  }

  async getMany(scope: OrgScope, conversationIds: readonly string[]): Promise<ConversationRecord[]> {
    return this.#findAll(scope, conversationIds).map(({ record }) => record)
  }

  async findDirect(scope: OrgScope, memberId: string, otherId: string): Promise<ConversationRecord | null> {
    const org = findOrg(this.view, scope)
    if (!org) return null
    const one = findMember(this.view, org.n, memberId)
    const other = findMember(this.view, org.n, otherId)
    if (!one || !other) return null
    const row = this.view.db.get(DIRECT, Math.min(one.n, other.n), Math.max(one.n, other.n)) as
      { conversation: number } | undefined
    return (row && findTalk(this.view, org, talkId(this.view, row.conversation))?.record) ?? null
  }

  async idsOf(scope: OrgScope, memberId: string): Promise<readonly string[]> {
    const org = findOrg(this.view, scope)
    const member = org && findMember(this.view, org.n, memberId)
    if (!member) return []
    const caches = this.view.caches()
    const known = caches?.talksOf.get(member.n)
    if (known) return known
    const ids = (this.view.db.all(OF_MEMBER, member.n) as { id: string }[]).map(({ id }) => id)
    caches?.talksOf.set(member.n, ids)
    return ids
  }

  async readableBy(scope: OrgScope, memberId: string): Promise<ReadableRecord[]> {
    const org = findOrg(this.view, scope)
    const member = org && findMember(this.view, org.n, memberId)
    if (!member) return []
    const rows = this.view.db.all(READABLE_BY, member.n) as ReadableRow[]
    return rows.map(({ id, from_number: from, kept_until: until }) => ({
      conversationId: id,
      from,
      until: until ?? Infinity,
    }))
  }

  async mark(scope: OrgScope, conversationId: string, memberId: string): Promise<MarkRecord | null> {
    return this.find(scope, conversationId)?.marks.get(memberId)?.mark ?? null
  }

  async ownMarks(
    scope: OrgScope,
    memberId: string,
    conversationIds: readonly string[],
  ): Promise<MarkRecord[]> {
    return this.#findAll(scope, conversationIds)
      .map(({ marks }) => marks.get(memberId)?.mark)
      .filter((mark) => mark !== undefined)
  }

  async participants(scope: OrgScope, conversationId: string): Promise<MarkRecord[]> {
    return this.marksOf(scope, [conversationId])
  }

  async formerParticipants(scope: OrgScope, conversationId: string): Promise<MarkRecord[]> {
    const marks = [...(this.find(scope, conversationId)?.marks.values() ?? [])]
    return marks.map(({ mark }) => mark).filter(({ kept }) => kept !== null)
  }

  async marksOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MarkRecord[]> {
    const marks: MarkRecord[] = []
    for (const talk of this.#findAll(scope, conversationIds)) {
      for (const { mark } of talk.marks.values()) if (mark.kept === null) marks.push(mark)
    }
    return marks
  }

  async marksSince(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MarkRecord[]> {
    const marks: MarkRecord[] = []
    for (const talk of this.#findAll(scope, conversationIds)) {
      if (talk.markHead <= since) continue
      for (const { mark } of talk.marks.values()) if (mark.seq > since) marks.push(mark)
    }
    return marks.sort((a, b) => a.seq - b.seq).slice(0, limit)
  }

  async picture(scope: OrgScope, conversationId: string, version: string): Promise<Uint8Array | null> {
    const talk = this.find(scope, conversationId)
    const row = talk && (this.view.db.get(PICTURE, talk.n, version) as { bytes: Uint8Array } | undefined)
    return row?.bytes ?? null
  }

  async lastNumber(scope: OrgScope, conversationId: string): Promise<number> {
    return this.find(scope, conversationId)?.lastNumber ?? 0
  }

  async quietUpTo(scope: OrgScope, conversationId: string, number: number): Promise<number> {
    const talk = this.find(scope, conversationId)
    if (!talk || talk.lastQuiet === 0) return 0
    if (number >= talk.lastNumber) return talk.lastQuiet
    return (this.view.db.get(QUIET, talk.n, number) as { quiet: number } | undefined)?.quiet ?? 0
  }

  async reach(scope: OrgScope, conversationId: string): Promise<Watermarks> {
    return this.find(scope, conversationId)?.reach ?? NOBODY
  }

  async newestJoin(scope: OrgScope, conversationId: string): Promise<number> {
    return this.find(scope, conversationId)?.newestJoin ?? 0
  }

  async seenByAllFrom(scope: OrgScope, conversationId: string): Promise<number> {
    return this.find(scope, conversationId)?.seenByAllFrom ?? 1
  }

  async purged(scope: OrgScope, conversationId: string): Promise<readonly PurgedRangeRecord[]> {
    return this.find(scope, conversationId)?.purged ?? []
  }

  async idsAfter(scope: OrgScope, conversationId: string | null, limit: number): Promise<string[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const rows = this.view.db.all(IDS_AFTER, org.n, conversationId ?? '', limit) as { id: string }[]
    return rows.map(({ id }) => id)
  }

  protected find(scope: OrgScope, conversationId: string): Talk | undefined {
    const org = findOrg(this.view, scope)
    return org && findTalk(this.view, org, conversationId)
  }

  #findAll(scope: OrgScope, conversationIds: readonly string[]): Talk[] {
    const org = findOrg(this.view, scope)
    return org ? findTalks(this.view, org, conversationIds) : []
  }
}
