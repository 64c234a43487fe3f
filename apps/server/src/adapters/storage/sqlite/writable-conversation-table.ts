import type {
  ConversationWriter,
  Joining,
  RaisedMark,
} from '../../../domains/conversations/conversation-store.ts'
import type {
  ConversationRecord,
  DisappearAfter,
  GroupRecord,
  KeptRecord,
  MarkRecord,
  PinRecord,
  PurgedRangeRecord,
  Watermarks,
} from '../../../domains/conversations/conversation.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import { ConversationTable, DIRECT } from './conversation-table.ts'
import { findMember } from './member-table.ts'
import { requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { KnownMark, Talk } from './talk.ts'
import type { WritingView } from './view.ts'

const INSERT = sql('INSERT INTO conversations (org, id, kind, created_by, created_at) VALUES (?, ?, ?, ?, ?)')
const INSERT_DIRECT = sql('INSERT INTO directs (low, high, conversation) VALUES (?, ?, ?)')
const INSERT_MARK = sql('INSERT INTO marks (conversation, member, position) VALUES (?, ?, ?)')
const RAISE =
  sql(`UPDATE marks SET delivered = ?, seen = ?, quiet = ?, shown = ?, seq = ?, delivered_at = ?, seen_at = ?
  WHERE conversation = ? AND member = ?`)
const PUT_GROUP = sql(`INSERT INTO group_details
  (conversation, name, description, picture_version, admin_ids, announcement_only, members_may_add, newcomers_see_history)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET name = excluded.name, description = excluded.description,
  picture_version = excluded.picture_version, admin_ids = excluded.admin_ids,
  announcement_only = excluded.announcement_only, members_may_add = excluded.members_may_add,
  newcomers_see_history = excluded.newcomers_see_history`)
const JOIN = sql(`INSERT OR REPLACE INTO marks
  (conversation, member, position, delivered, seen, quiet, from_number, joined_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
const KEEP = sql('UPDATE marks SET kept_until = ?, kept_name = ? WHERE conversation = ? AND member = ?')
const LEAVE = sql('DELETE FROM marks WHERE conversation = ? AND member = ?')
const SET_PICTURE = sql(`INSERT INTO group_pictures (conversation, version, bytes) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET version = excluded.version, bytes = excluded.bytes`)
const REMOVE_PICTURE = sql('DELETE FROM group_pictures WHERE conversation = ?')
const PURGED = sql(`INSERT INTO purges (conversation, ranges, last_number, last_quiet) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET ranges = excluded.ranges`)
const DISAPPEAR = sql('UPDATE conversations SET disappear_after = ? WHERE n = ?')
const PIN = sql('UPDATE conversations SET pins = ? WHERE n = ?')
const REACH = sql('UPDATE group_details SET reach_delivered = ?, reach_seen = ? WHERE conversation = ?')

export class WritableConversationTable extends ConversationTable implements ConversationWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, conversation: ConversationRecord): Promise<void> {
    const db = this.view.writing(scope)
    const { id, kind, createdBy, createdAt, group } = conversation
    const members = this.#surrogates(scope, conversation.memberIds)
    const pair = [Math.min(...members), Math.max(...members)] as const
    // Asked first: a work that catches the refusal must not keep half a conversation.
    if (kind === 'direct' && db.get(DIRECT, ...pair))
      throw new Error('these members have a direct conversation already')
    const { id: n } = db.run(INSERT, requireOrg(this.view, scope).n, id, kind, createdBy, createdAt)
    const caches = this.view.caches()
    this.view.forget(caches.talks, id)
    this.view.forget(caches.talkIds, n)
    if (kind === 'direct') db.run(INSERT_DIRECT, ...pair, n)
    if (group) putGroup(db, n, group)
    members.forEach((member, position) => {
      db.run(INSERT_MARK, n, member, position)
      this.view.forget(caches.talksOf, member)
    })
  }

  async updateGroup(scope: OrgScope, conversationId: string, patch: Partial<GroupRecord>): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.find(scope, conversationId)
    if (!talk?.record.group) return
    putGroup(db, talk.n, { ...talk.record.group, ...patch })
    this.view.forget(this.view.caches().talks, conversationId)
  }

  async setPicture(
    scope: OrgScope,
    conversationId: string,
    version: string,
    bytes: Uint8Array,
  ): Promise<void> {
    const db = this.view.writing(scope)
    db.run(SET_PICTURE, this.#require(scope, conversationId).n, version, bytes)
  }

  async removePicture(scope: OrgScope, conversationId: string): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.find(scope, conversationId)
    if (talk) db.run(REMOVE_PICTURE, talk.n)
  }

  async addParticipants(
    scope: OrgScope,
    conversationId: string,
    memberIds: readonly string[],
    { from, joinedSeq, delivered, seen, quiet }: Joining,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.#require(scope, conversationId)
    const caches = this.view.caches()
    let position = Math.max(-1, ...[...talk.marks.values()].map((known) => known.position))
    for (const member of this.#surrogates(scope, memberIds)) {
      position += 1
      db.run(JOIN, talk.n, member, position, delivered, seen, quiet, from, joinedSeq)
      this.view.forget(caches.talksOf, member)
    }
    this.view.forget(caches.talks, conversationId)
  }

  async removeParticipant(
    scope: OrgScope,
    conversationId: string,
    memberId: string,
    kept: KeptRecord | null,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.find(scope, conversationId)
    const known = talk?.marks.get(memberId)
    if (!talk || !known) return
    if (kept) db.run(KEEP, kept.until, kept.name, talk.n, known.member)
    else db.run(LEAVE, talk.n, known.member)
    const caches = this.view.caches()
    this.view.forget(caches.talksOf, known.member)
    this.view.forget(caches.talks, conversationId)
  }

  async raiseMark(scope: OrgScope, given: RaisedMark): Promise<MarkRecord> {
    const { conversationId, memberId } = given
    const db = this.view.writing(scope)
    const talk = this.find(scope, conversationId)
    const known = talk?.marks.get(memberId)
    if (!talk || !known)
      throw new DomainError('not_found', { cause: 'the member takes no part in the conversation' })
    const mark = raised(known.mark, given)
    if (mark === known.mark) return mark
    const { delivered, seen, quiet, seq, deliveredAt, seenAt } = mark
    const shown = mark.shown === seen ? null : mark.shown
    db.run(RAISE, delivered, seen, quiet, shown, seq, deliveredAt, seenAt, talk.n, known.member)
    this.view.touch(this.view.caches().talks, conversationId)
    const next: KnownMark = { ...known, mark }
    talk.marks.set(memberId, next)
    if (seq > talk.markHead) talk.markHead = seq
    return mark
  }

  async setDisappearing(
    scope: OrgScope,
    conversationId: string,
    after: DisappearAfter | null,
  ): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.#require(scope, conversationId)
    db.run(DISAPPEAR, after ?? 0, talk.n)
    this.view.forget(this.view.caches().talks, conversationId)
  }

  async setPins(scope: OrgScope, conversationId: string, pins: readonly PinRecord[]): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.#require(scope, conversationId)
    db.run(PIN, pins.length === 0 ? null : JSON.stringify(pins), talk.n)
    this.view.forget(this.view.caches().talks, conversationId)
  }

  async setReach(scope: OrgScope, conversationId: string, { delivered, seen }: Watermarks): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.#require(scope, conversationId)
    db.run(REACH, delivered, seen, talk.n)
    this.view.touch(this.view.caches().talks, conversationId)
    talk.reach = { delivered, seen }
  }

  async setPurged(
    scope: OrgScope,
    conversationId: string,
    ranges: readonly PurgedRangeRecord[],
  ): Promise<void> {
    const db = this.view.writing(scope)
    const talk = this.#require(scope, conversationId)
    db.run(PURGED, talk.n, JSON.stringify(ranges), talk.lastNumber, talk.lastQuiet)
    this.view.forget(this.view.caches().talks, conversationId)
  }

  #require(scope: OrgScope, conversationId: string): Talk {
    const talk = this.find(scope, conversationId)
    if (!talk) throw new DomainError('not_found', { cause: 'the conversation does not exist' })
    return talk
  }

  #surrogates(scope: OrgScope, memberIds: readonly string[]): number[] {
    const org = requireOrg(this.view, scope)
    if (memberIds.length === 0) throw new Error('a conversation has participants')
    return [...new Set(memberIds)].map((id) => {
      const member = findMember(this.view, org.n, id)
      if (!member) throw new DomainError('not_found', { cause: 'a participant does not exist' })
      return member.n
    })
  }
}

/** The mark after a raise; the very same when nothing rises. */
function raised(before: MarkRecord, given: RaisedMark): MarkRecord {
  const seen = Math.max(before.seen, given.seen)
  const delivered = Math.max(before.delivered, given.delivered, seen)
  const seq = given.seq ?? before.seq
  const quiet = Math.max(before.quiet, given.seen >= seen ? (given.quiet ?? 0) : 0)
  const shown = Math.max(before.shown, given.shown ?? given.seen)
  const same = seen === before.seen && delivered === before.delivered && shown === before.shown
  if (same && seq === before.seq) return before
  const deliveredAt = delivered > before.delivered ? given.at : before.deliveredAt
  const seenAt = seen > before.seen ? given.at : before.seenAt
  return { ...before, delivered, seen, quiet, shown, seq, deliveredAt, seenAt }
}

function putGroup(db: Connection, n: number, group: GroupRecord): void {
  const {
    name,
    description,
    pictureVersion,
    adminIds,
    announcementOnly,
    membersMayAdd,
    newcomersSeeHistory,
  } = group
  const flags = [announcementOnly, membersMayAdd, newcomersSeeHistory].map(Number)
  db.run(PUT_GROUP, n, name, description, pictureVersion, JSON.stringify(adminIds), ...flags)
}
