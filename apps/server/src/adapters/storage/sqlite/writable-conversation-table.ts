import type { ConversationWriter } from '../../../domains/conversations/conversation-store.ts'
import type { ConversationRecord, MarkRecord } from '../../../domains/conversations/conversation.ts'
import { DomainError } from '../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { ConversationTable, DIRECT } from './conversation-table.ts'
import { findMember } from './member-table.ts'
import { requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { WritingView } from './view.ts'

const INSERT = sql('INSERT INTO conversations (org, id, kind, created_by, created_at) VALUES (?, ?, ?, ?, ?)')
const INSERT_DIRECT = sql('INSERT INTO directs (low, high, conversation) VALUES (?, ?, ?)')
const INSERT_MARK = sql('INSERT INTO marks (conversation, member, position) VALUES (?, ?, ?)')
const RAISE = sql('UPDATE marks SET delivered = ?, seen = ?, seq = ? WHERE conversation = ? AND member = ?')

export class WritableConversationTable extends ConversationTable implements ConversationWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, conversation: ConversationRecord): Promise<void> {
    const db = this.view.writing(scope)
    const { id, kind, createdBy, createdAt } = conversation
    const members = this.#surrogates(scope, conversation.memberIds)
    const pair = [Math.min(...members), Math.max(...members)] as const
    // Asked first: a work that catches the refusal must not keep half a conversation.
    if (db.get(DIRECT, ...pair)) throw new Error('these members have a direct conversation already')
    const { id: n } = db.run(INSERT, requireOrg(this.view, scope).n, id, kind, createdBy, createdAt)
    const caches = this.view.caches()
    this.view.forget(caches.talks, id)
    this.view.forget(caches.talkIds, n)
    db.run(INSERT_DIRECT, ...pair, n)
    members.forEach((member, position) => {
      db.run(INSERT_MARK, n, member, position)
      this.view.forget(caches.talksOf, member)
    })
  }

  async raiseMark(
    scope: OrgScope,
    given: { conversationId: string; memberId: string; delivered: number; seen: number; seq?: number },
  ): Promise<MarkRecord> {
    const { conversationId, memberId } = given
    const db = this.view.writing(scope)
    const talk = this.find(scope, conversationId)
    const known = talk?.marks.get(memberId)
    if (!talk || !known)
      throw new DomainError('not_found', { cause: 'the member takes no part in the conversation' })
    const before = known.mark
    const seen = Math.max(before.seen, given.seen)
    const delivered = Math.max(before.delivered, given.delivered, seen)
    const seq = given.seq ?? before.seq
    if (seen === before.seen && delivered === before.delivered && seq === before.seq) return before
    db.run(RAISE, delivered, seen, seq, talk.n, known.member)
    const mark = { conversationId, memberId, delivered, seen, seq }
    this.view.touch(this.view.caches().talks, conversationId)
    talk.marks.set(memberId, { member: known.member, mark })
    if (seq > talk.markHead) talk.markHead = seq
    return mark
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
