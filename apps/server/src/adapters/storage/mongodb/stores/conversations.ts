import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type {
  ConversationRecord,
  DisappearAfter,
  GroupRecord,
  KeptRecord,
  MarkRecord,
  PinRecord,
  ReadableRecord,
  PurgedRangeRecord,
  Watermarks,
} from '../../../../domains/conversations/conversation.ts'
import type {
  ConversationReader,
  ConversationWriter,
  Joining,
  RaisedMark,
} from '../../../../domains/conversations/conversation-store.ts'
import type { OrgView } from '../org-view.ts'
import {
  conversations,
  groupPictures,
  keyOf,
  marks,
  messages,
  numbers,
  reaches,
  type ConversationRow,
} from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

/** The same for two members in either order. */
const pairOf = (...memberIds: readonly string[]): string => memberIds.toSorted().join('/')

const toConversation = ({
  pair,
  newestJoin,
  seenByAllFrom,
  purge,
  pins = [],
  ...conversation
}: ConversationRow): ConversationRecord => ({ ...conversation, ...(pins.length > 0 && { pins }) })

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
    return (await view.find(marks, { where: { memberId, kept: null } })).map((mark) => mark.conversationId)
  }

  async readableBy(scope: OrgScope, memberId: string): Promise<ReadableRecord[]> {
    const view = await this.#views(scope)
    const own = await view.find(marks, { where: { memberId } })
    return own.map(({ conversationId, from, kept }) => ({
      conversationId,
      from,
      until: kept?.until ?? Infinity,
    }))
  }

  async mark(scope: OrgScope, conversationId: string, memberId: string): Promise<MarkRecord | null> {
    return (await this.#views(scope)).get(marks, keyOf(marks, { conversationId, memberId }))
  }

  async ownMarks(
    scope: OrgScope,
    memberId: string,
    conversationIds: readonly string[],
  ): Promise<MarkRecord[]> {
    const keys = conversationIds.map((conversationId) => keyOf(marks, { conversationId, memberId }))
    return [...(await (await this.#views(scope)).getMany(marks, keys)).values()]
  }

  async participants(scope: OrgScope, conversationId: string): Promise<MarkRecord[]> {
    const view = await this.#views(scope)
    const memberIds = (await view.get(conversations, conversationId))?.memberIds ?? []
    const keys = memberIds.map((memberId) => keyOf(marks, { conversationId, memberId }))
    const found = await view.getMany(marks, keys)
    return keys.map((key) => found.get(key)).filter((mark) => mark !== undefined)
  }

  async formerParticipants(scope: OrgScope, conversationId: string): Promise<MarkRecord[]> {
    const all = await (await this.#views(scope)).find(marks, { where: { conversationId } })
    return all.filter(({ kept }) => kept !== null)
  }

  async marksOf(scope: OrgScope, conversationIds: readonly string[]): Promise<MarkRecord[]> {
    const view = await this.#views(scope)
    return view.find(marks, { where: { conversationId: { in: conversationIds }, kept: null } })
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

  async picture(scope: OrgScope, conversationId: string, version: string): Promise<Uint8Array | null> {
    const picture = await (await this.#views(scope)).get(groupPictures, conversationId)
    return picture?.version === version ? picture.bytes : null
  }

  async lastNumber(scope: OrgScope, conversationId: string): Promise<number> {
    return (await (await this.#views(scope)).get(numbers, conversationId))?.number ?? 0
  }

  async quietUpTo(scope: OrgScope, conversationId: string, number: number): Promise<number> {
    const view = await this.#views(scope)
    const newest = await view.get(numbers, conversationId)
    if (!newest || newest.quiet === 0 || number >= newest.number) return newest?.quiet ?? 0
    const where = { conversationId, number: { below: number + 1 } }
    const [found] = await view.find(messages, { where, order: ['number', -1], limit: 1 })
    return found?.quiet ?? 0
  }

  async reach(scope: OrgScope, conversationId: string): Promise<Watermarks> {
    const row = await (await this.#views(scope)).get(reaches, conversationId)
    return { delivered: row?.delivered ?? 0, seen: row?.seen ?? 0 }
  }

  async newestJoin(scope: OrgScope, conversationId: string): Promise<number> {
    return (await (await this.#views(scope)).get(conversations, conversationId))?.newestJoin ?? 0
  }

  async seenByAllFrom(scope: OrgScope, conversationId: string): Promise<number> {
    return (await (await this.#views(scope)).get(conversations, conversationId))?.seenByAllFrom ?? 1
  }

  async purged(scope: OrgScope, conversationId: string): Promise<readonly PurgedRangeRecord[]> {
    return (await (await this.#views(scope)).get(conversations, conversationId))?.purge?.ranges ?? []
  }

  async idsAfter(scope: OrgScope, conversationId: string | null, limit: number): Promise<string[]> {
    return (await this.#views(scope)).keysAfter(conversations, conversationId, limit)
  }
}

/** A participant's mark at the beginning. */
const unmarked = { delivered: 0, seen: 0, shown: 0, quiet: 0, seq: 0, deliveredAt: 0, seenAt: 0, kept: null }

export class ConversationWrites extends ConversationReads implements ConversationWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, conversation: ConversationRecord): Promise<void> {
    const view = await this.#views(scope)
    const { id: conversationId, memberIds, kind } = conversation
    const pair = kind === 'direct' ? pairOf(...memberIds) : null
    view.insert(conversations, { ...conversation, pair, newestJoin: 0, seenByAllFrom: 1, purge: null })
    if (kind === 'group') view.insert(reaches, { conversationId, delivered: 0, seen: 0 })
    for (const memberId of memberIds) {
      view.insert(marks, { conversationId, memberId, ...unmarked, from: 1, joinedSeq: 0 })
    }
  }

  async updateGroup(scope: OrgScope, conversationId: string, patch: Partial<GroupRecord>): Promise<void> {
    const view = await this.#views(scope)
    const before = await view.get(conversations, conversationId)
    if (!before?.group) return
    await view.update(conversations, conversationId, { group: { ...before.group, ...patch } })
  }

  async setPicture(
    scope: OrgScope,
    conversationId: string,
    version: string,
    bytes: Uint8Array,
  ): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(conversations, conversationId))) throw new Error('a picture needs a group')
    view.upsert(groupPictures, { conversationId, version, bytes })
  }

  async removePicture(scope: OrgScope, conversationId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(groupPictures, conversationId)
  }

  async addParticipants(
    scope: OrgScope,
    conversationId: string,
    memberIds: readonly string[],
    joining: Joining,
  ): Promise<void> {
    const view = await this.#views(scope)
    const before = await view.get(conversations, conversationId)
    if (!before) throw new Error('participants need a conversation')
    for (const memberId of memberIds)
      view.upsert(marks, { conversationId, memberId, ...unmarked, ...joining, shown: joining.seen })
    const newestJoin = Math.max(before.newestJoin, joining.joinedSeq)
    const seenByAllFrom = Math.max(before.seenByAllFrom, joining.from)
    const present = before.memberIds.filter((memberId) => !memberIds.includes(memberId))
    const after = { memberIds: [...present, ...memberIds], newestJoin, seenByAllFrom }
    await view.update(conversations, conversationId, after)
  }

  async removeParticipant(
    scope: OrgScope,
    conversationId: string,
    memberId: string,
    kept: KeptRecord | null,
  ): Promise<void> {
    const view = await this.#views(scope)
    const before = await view.get(conversations, conversationId)
    if (!before?.memberIds.includes(memberId)) return
    const key = keyOf(marks, { conversationId, memberId })
    if (kept) await view.update(marks, key, { kept })
    else view.remove(marks, key)
    const memberIds = before.memberIds.filter((other) => other !== memberId)
    await view.update(conversations, conversationId, { memberIds })
  }

  async raiseMark(scope: OrgScope, given: RaisedMark): Promise<MarkRecord> {
    const view = await this.#views(scope)
    const { conversationId, memberId, at } = given
    const key = keyOf(marks, { conversationId, memberId })
    const before = await view.get(marks, key)
    if (!before) throw new Error('a mark needs a participant')
    const seen = Math.max(before.seen, given.seen)
    const delivered = Math.max(before.delivered, given.delivered, seen)
    const patch = {
      delivered,
      seen,
      shown: Math.max(before.shown, given.shown ?? given.seen),
      quiet: Math.max(before.quiet, given.seen >= seen ? (given.quiet ?? 0) : 0),
      seq: Math.max(before.seq, given.seq ?? 0),
      deliveredAt: delivered > before.delivered ? at : before.deliveredAt,
      seenAt: seen > before.seen ? at : before.seenAt,
    }
    await view.update(marks, key, patch)
    return { ...before, ...patch }
  }

  async setDisappearing(
    scope: OrgScope,
    conversationId: string,
    after: DisappearAfter | null,
  ): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(conversations, conversationId))) throw new Error('there is no such conversation')
    await view.update(conversations, conversationId, { disappearing: { after } })
  }

  async setPins(scope: OrgScope, conversationId: string, pins: readonly PinRecord[]): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(conversations, conversationId))) throw new Error('there is no such conversation')
    await view.update(conversations, conversationId, { pins })
  }

  async setReach(scope: OrgScope, conversationId: string, { delivered, seen }: Watermarks): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(conversations, conversationId))) throw new Error('a reach needs a conversation')
    view.upsert(reaches, { conversationId, delivered, seen })
  }

  async setPurged(
    scope: OrgScope,
    conversationId: string,
    ranges: readonly PurgedRangeRecord[],
  ): Promise<void> {
    const view = await this.#views(scope)
    const before = (await view.get(conversations, conversationId))?.purge
    const last = await view.get(numbers, conversationId)
    const counts = { lastNumber: last?.number ?? 0, lastQuiet: last?.quiet ?? 0 }
    await view.update(conversations, conversationId, { purge: { ...counts, ...before, ranges } })
  }
}
