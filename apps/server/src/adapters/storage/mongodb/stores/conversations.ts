import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { ConversationRecord, MarkRecord } from '../../../../domains/conversations/conversation.ts'
import type {
  ConversationReader,
  ConversationWriter,
} from '../../../../domains/conversations/conversation-store.ts'
import type { OrgView } from '../org-view.ts'
import { conversations, keyOf, marks, numbers, type ConversationRow } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

/** The same for two members in either order. */
const pairOf = (...memberIds: readonly string[]): string => memberIds.toSorted().join('/')

const toConversation = ({ pair, ...conversation }: ConversationRow): ConversationRecord => conversation

export class ConversationReads implements ConversationReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, conversationId: string): Promise<ConversationRecord | null> {
    return (await this.getMany(scope, [conversationId]))[0] ?? null
  }

  async getMany(scope: OrgScope, conversationIds: readonly string[]): Promise<ConversationRecord[]> {
    const found = await (await this.#views(scope)).getMany(conversations, conversationIds)
    return [...found.values()].map(toConversation)
  }

  async findDirect(scope: OrgScope, memberId: string, otherId: string): Promise<ConversationRecord | null> {
    const view = await this.#views(scope)
    const [found] = await view.find(conversations, { where: { pair: pairOf(memberId, otherId) }, limit: 1 })
    return found ? toConversation(found) : null
  }

  async idsOf(scope: OrgScope, memberId: string): Promise<readonly string[]> {
    const view = await this.#views(scope)
    return (await view.find(marks, { where: { memberId } })).map((mark) => mark.conversationId)
  }

  async mark(scope: OrgScope, conversationId: string, memberId: string): Promise<MarkRecord | null> {
    return (await this.#views(scope)).get(marks, keyOf(marks, { conversationId, memberId }))
  }

  async marksOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MarkRecord[]> {
    const view = await this.#views(scope)
    return view.find(marks, { where: { conversationId: { in: conversationIds } } })
  }

  async marksSince(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MarkRecord[]> {
    const view = await this.#views(scope)
    const where = { conversationId: { in: conversationIds }, seq: { above: since } }
    const found = await view.find(marks, { where, order: ['seq', 1], limit })
    await view.told(found.at(-1)?.seq ?? 0)
    return found
  }

  async lastNumber(scope: OrgScope, conversationId: string): Promise<number> {
    return (await (await this.#views(scope)).get(numbers, conversationId))?.number ?? 0
  }
}

export class ConversationWrites extends ConversationReads implements ConversationWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, conversation: ConversationRecord): Promise<void> {
    const view = await this.#views(scope)
    const { id: conversationId, memberIds } = conversation
    view.insert(conversations, { ...conversation, pair: pairOf(...memberIds) })
    for (const memberId of memberIds) {
      view.insert(marks, { conversationId, memberId, delivered: 0, seen: 0, seq: 0 })
    }
  }

  async raiseMark(
    scope: OrgScope,
    raise: Parameters<ConversationWriter['raiseMark']>[1],
  ): Promise<MarkRecord> {
    const view = await this.#views(scope)
    const { conversationId, memberId, delivered, seen, seq } = raise
    const key = keyOf(marks, { conversationId, memberId })
    const before = await view.get(marks, key)
    if (!before) throw new Error('a mark needs a participant')
    const patch = {
      delivered: Math.max(before.delivered, delivered, seen),
      seen: Math.max(before.seen, seen),
      seq: Math.max(before.seq, seq ?? 0),
    }
    await view.update(marks, key, patch)
    return { ...before, ...patch }
  }
}
