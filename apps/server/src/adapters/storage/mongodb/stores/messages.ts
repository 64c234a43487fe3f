import { isQuiet } from '../../../../kernel/is-quiet.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type {
  EditRecord,
  MessageDraft,
  MessageRecord,
  Revision,
} from '../../../../domains/messages/message.ts'
import type { MessageReader, MessageWriter } from '../../../../domains/messages/message-store.ts'
import type { OrgView } from '../org-view.ts'
import { conversations, edits, keyOf, mentions, messages, numbers, replies } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class MessageReads implements MessageReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, messageId: string): Promise<MessageRecord | null> {
    return (await this.#views(scope)).get(messages, messageId)
  }

  async getMany(scope: OrgScope, messageIds: readonly string[]): Promise<MessageRecord[]> {
    return [...(await (await this.#views(scope)).getMany(messages, messageIds)).values()]
  }

  async page(
    scope: OrgScope,
    conversationId: string,
    { before = Number.MAX_SAFE_INTEGER, from = 0, limit }: Parameters<MessageReader['page']>[2],
  ): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    const newestFirst = await view.find(messages, {
      where: { conversationId, number: { from, before } },
      order: ['number', -1],
      limit,
    })
    return newestFirst.reverse()
  }

  async pageFrom(
    scope: OrgScope,
    conversationId: string,
    { from, until, limit }: Parameters<MessageReader['pageFrom']>[2],
  ): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    const before = Math.min(until, Number.MAX_SAFE_INTEGER - 1) + 1
    const where = { conversationId, number: { from, before } }
    return view.find(messages, { where, order: ['number', 1], limit })
  }

  async newestOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    return view.findHighest(messages, { field: 'conversationId', in: conversationIds }, 'number')
  }

  async since(
    scope: OrgScope,
    conversationIds: readonly string[],
    since: number,
    limit: number,
  ): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    const where = { conversationId: { in: conversationIds }, seq: { above: since } }
    const found = await view.find(messages, { where, order: ['seq', 1], limit })
    await view.told(found.at(-1)?.seq ?? 0)
    return found
  }

  async mentions(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
    limit: number,
  ): Promise<number[]> {
    const view = await this.#views(scope)
    const newestFirst = await view.find(mentions, {
      where: { conversationId, memberId },
      order: ['number', -1],
      limit,
    })
    return newestFirst.map(({ number }) => number).reverse()
  }

  async repliesTo(scope: OrgScope, messageId: string): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    const found = await view.find(replies, { where: { originalId: messageId } })
    const answers = await view.getMany(
      messages,
      found.map(({ replyId }) => replyId),
    )
    return [...answers.values()]
  }

  async edits(scope: OrgScope, messageId: string): Promise<EditRecord[]> {
    return (await this.#views(scope)).find(edits, { where: { messageId }, order: ['seq', 1] })
  }

  async revisedAfter(scope: OrgScope, since: number, limit: number): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    const where = { revisedSeq: { above: since } }
    const found = await view.find(messages, { where, order: ['revisedSeq', 1], limit })
    await view.told(found.at(-1)?.revisedSeq ?? 0)
    return found
  }

  async expired(scope: OrgScope, now: number, limit: number): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    const where = { expiresAt: { from: 0, before: now + 1 } }
    return view.find(messages, { where, order: ['expiresAt', 1], limit })
  }

  async countExpired(scope: OrgScope, conversationId: string, after: number, now: number): Promise<number> {
    const view = await this.#views(scope)
    if (!(await view.get(conversations, conversationId))?.disappearing) return 0
    const where = { conversationId, number: { above: after }, expiresAt: { from: 0, before: now + 1 } }
    return (await view.find(messages, { where })).length
  }

  async sentAfter(scope: OrgScope, since: number, limit: number): Promise<MessageRecord[]> {
    const view = await this.#views(scope)
    const found = await view.find(messages, { where: { seq: { above: since } }, order: ['seq', 1], limit })
    await view.told(found.at(-1)?.seq ?? 0)
    return found
  }
}

export class MessageWrites extends MessageReads implements MessageWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async earlier(scope: OrgScope, messageId: string): Promise<MessageRecord | null> {
    return (await this.#views(scope)).earlierMessage(messageId)
  }

  async insert(scope: OrgScope, message: MessageDraft): Promise<MessageRecord> {
    const view = await this.#views(scope)
    const { conversationId } = message
    if (!(await view.get(conversations, conversationId))) throw new Error('a message needs a conversation')
    const numbered = { ...message, ...(await view.nextNumber(conversationId, isQuiet(message))) }
    view.insert(messages, numbered)
    const originalId = message.extras?.replyTo?.id
    if (originalId !== undefined) view.upsert(replies, { originalId, replyId: message.id })
    return numbered
  }

  async revise(scope: OrgScope, messageId: string, { seq, text, extras }: Revision): Promise<void> {
    const view = await this.#views(scope)
    await view.update(messages, messageId, { text, extras, revisedSeq: seq })
  }

  async keepEdit(scope: OrgScope, edit: EditRecord): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(messages, edit.messageId))) throw new Error('an edit is of a message')
    view.insert(edits, edit)
  }

  async addMention(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
    number: number,
  ): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(conversations, conversationId))) throw new Error('a mention needs a conversation')
    view.upsert(mentions, { conversationId, memberId, number })
  }

  async removeMention(
    scope: OrgScope,
    conversationId: string,
    memberId: string | null,
    number: number,
  ): Promise<void> {
    const view = await this.#views(scope)
    view.remove(mentions, keyOf(mentions, { conversationId, memberId, number }))
  }

  async forgetEdits(scope: OrgScope, messageId: string): Promise<void> {
    const view = await this.#views(scope)
    for (const edit of await view.find(edits, { where: { messageId } }))
      view.remove(edits, keyOf(edits, edit))
  }

  async remove(scope: OrgScope, conversationId: string, gone: readonly MessageRecord[]): Promise<void> {
    const view = await this.#views(scope)
    const found = await view.getMany(
      messages,
      gone.map(({ id }) => id),
    )
    const own = [...found.values()].filter((message) => message.conversationId === conversationId)
    const before = await view.get(conversations, conversationId)
    if (!before || own.length === 0) return
    // told before they go, since the last number is worked out from what is there
    const last = await view.get(numbers, conversationId)
    if (last) {
      const ranges = before.purge?.ranges ?? []
      const purge = { ranges, lastNumber: last.number, lastQuiet: last.quiet }
      await view.update(conversations, conversationId, { purge })
    }
    for (const message of own) view.remove(messages, keyOf(messages, message))
    const ids = own.map(({ id }) => id)
    for (const edit of await view.find(edits, { where: { messageId: { in: ids } } }))
      view.remove(edits, keyOf(edits, edit))
    for (const reply of await view.find(replies, { where: { originalId: { in: ids } } }))
      view.remove(replies, keyOf(replies, reply))
  }
}
