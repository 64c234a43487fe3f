import { markId, type Conversation } from '@parley/contracts/conversations/conversation'
import type { Message } from '@parley/contracts/messages/message'
import type { Audience, Change } from '@parley/contracts/sync/change'

interface Discussion {
  readonly conversation: Conversation
  memberIds: string[]
  readonly messages: { readonly seq: number; readonly message: Message }[]
  readonly marks: Map<string, { delivered: number; seen: number; seq: number }>
}

type Entry = Pick<Change, 'kind' | 'id' | 'data'> & { readonly seq: number; readonly audience: Audience }

export interface LiveListener {
  readonly memberId: string
  push(changes: readonly Change[]): void
  signal(name: string, payload: unknown): void
}

/** An id that looks like the server's, the same in every run. */
export const testId = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** One organisation of a server in memory: feed, conversations, messages and marks, as the real one answers. */
export class FakeServer {
  readonly organisationId = testId(1)
  readonly discussions = new Map<string, Discussion>()
  readonly listeners = new Set<LiveListener>()
  readonly admins = new Set<string>()
  now = 1_800_000_000_000
  /** Cursors below are answered with `load-again` (Y8). */
  floor = 0
  #seq = 0
  #ids = 1_000
  readonly #members = new Set<string>()
  readonly #entries = new Map<string, Entry>()
  readonly #heads = new Map<string, number>()

  addMember(name: string): string {
    const id = this.#newId()
    this.#members.add(id)
    if (this.#members.size === 1) {
      this.append('org', 'organisation', this.organisationId, { id: this.organisationId, name: 'Meridian' })
    }
    this.rename(id, name)
    return id
  }

  rename(id: string, name: string): void {
    const data = {
      id,
      name,
      role: 'member',
      departmentIds: [],
      statusText: '',
      pictureVersion: null,
      state: 'active',
    }
    this.append('org', 'member', id, data)
  }

  addConversation(memberIds: readonly string[]): string {
    const id = this.#newId()
    const conversation: Conversation = {
      id,
      kind: 'direct',
      memberIds: [...memberIds],
      createdBy: memberIds[0] ?? '',
      createdAt: this.now,
    }
    const marks = new Map(memberIds.map((memberId) => [memberId, { delivered: 0, seen: 0, seq: 0 }]))
    this.discussions.set(id, { conversation, memberIds: [...memberIds], messages: [], marks })
    this.append(`conversation:${id}`, 'conversation', id, conversation)
    for (const memberId of memberIds) this.#access(memberId, id, 'gained')
    return id
  }

  /** Takes a member out of a conversation, or lets them in again. */
  setAccess(memberId: string, conversationId: string, state: 'gained' | 'lost'): void {
    const discussion = this.#discussion(conversationId)
    discussion.memberIds = discussion.memberIds.filter((id) => id !== memberId)
    if (state === 'gained') discussion.memberIds.push(memberId)
    this.#access(memberId, conversationId, state)
  }

  /** Idempotent on the id (Y6). `origin` hears of it by its acknowledgement alone. null when the sender has no access. */
  send(
    senderId: string,
    conversationId: string,
    id: string,
    text: string,
    origin?: LiveListener,
  ): Change | null {
    const discussion = this.discussions.get(conversationId)
    if (!discussion?.memberIds.includes(senderId)) return null
    const known = discussion.messages.find(({ message }) => message.id === id)
    if (known) return this.#messageChange(known, 0)
    const number = discussion.messages.length + 1
    const message: Message = { id, conversationId, number, senderId, text, sentAt: this.now }
    const [seq, prev] = this.#take(`conversation:${conversationId}`)
    const record = { seq, message }
    discussion.messages.push(record)
    const mark = discussion.marks.get(senderId) ?? { delivered: 0, seen: 0, seq: 0 }
    discussion.marks.set(senderId, { ...mark, delivered: number, seen: number })
    const change = this.#messageChange(record, prev)
    this.#dispatch(change, origin)
    return change
  }

  /** Somebody's message, written elsewhere. */
  say(senderId: string, conversationId: string, text: string): Change | null {
    return this.send(senderId, conversationId, this.#newId(), text)
  }

  raiseMark(memberId: string, conversationId: string, delivered: number, seen: number): boolean {
    const discussion = this.discussions.get(conversationId)
    if (!discussion?.memberIds.includes(memberId)) return false
    const last = discussion.messages.length
    const mark = discussion.marks.get(memberId) ?? { delivered: 0, seen: 0, seq: 0 }
    const raised = {
      delivered: Math.max(mark.delivered, Math.min(last, delivered)),
      seen: Math.max(mark.seen, Math.min(last, seen)),
    }
    if (raised.delivered === mark.delivered && raised.seen === mark.seen) return true
    const [seq, prev] = this.#take(`conversation:${conversationId}`)
    discussion.marks.set(memberId, { ...raised, seq })
    this.#dispatch(this.#markChange(conversationId, memberId, { ...raised, seq }, prev))
    return true
  }

  append(audience: Audience, kind: Change['kind'], id: string, data: Change['data']): void {
    const [seq, prev] = this.#take(audience)
    this.#entries.set(`${audience} ${kind} ${id}`, { seq, audience, kind, id, data })
    this.#dispatch({ seq, audience, prev, kind, id, data } as Change)
  }

  load(memberId: string) {
    const audiences = this.#audiencesOf(memberId)
    return {
      changes: this.#wholeOf(audiences),
      heads: this.#headsOf(audiences),
      cursor: this.#seq,
      serverTime: this.now,
    }
  }

  catchUp(memberId: string, since: number, limit: number) {
    if (since > this.#seq || since < this.floor) return { outcome: 'load-again' as const }
    const audiences = this.#audiencesOf(memberId)
    const all = this.#everything(audiences)
      .filter(({ seq }) => seq > since)
      .sort((a, b) => a.seq - b.seq)
    const changes = all.slice(0, limit)
    const more = all.length > limit
    const cursor = more ? (changes.at(-1)?.seq ?? since) : this.#seq
    const heads = this.#headsOf(audiences)
    return { outcome: 'changes' as const, changes, heads, cursor, more, serverTime: this.now }
  }

  /** null when the member does not see it. */
  loadAudience(memberId: string, audience: string) {
    if (!this.#audiencesOf(memberId).includes(audience as Audience)) return null
    return { changes: this.#wholeOf([audience as Audience]), head: this.#heads.get(audience) ?? 0 }
  }

  page(memberId: string, conversationId: string, before: number, limit: number) {
    const discussion = this.discussions.get(conversationId)
    if (!discussion?.memberIds.includes(memberId)) return null
    const older = discussion.messages.filter(({ message }) => message.number < before)
    const chosen = older.slice(-limit)
    return {
      changes: chosen.map((record) => this.#messageChange(record, 0)),
      reachedStart: chosen.length === older.length,
    }
  }

  signalTo(memberId: string, name: string, payload: unknown): void {
    for (const listener of [...this.listeners])
      if (listener.memberId === memberId) listener.signal(name, payload)
  }

  #newId(): string {
    this.#ids += 1
    return testId(this.#ids)
  }

  #discussion(conversationId: string): Discussion {
    const found = this.discussions.get(conversationId)
    if (!found) throw new Error(`no conversation ${conversationId}`)
    return found
  }

  #access(memberId: string, conversationId: string, state: 'gained' | 'lost'): void {
    const audience = `conversation:${conversationId}` as const
    this.append(`member:${memberId}`, 'access', audience, { audience, state })
  }

  #take(audience: Audience): [seq: number, prev: number] {
    this.#seq += 1
    const prev = this.#heads.get(audience) ?? 0
    this.#heads.set(audience, this.#seq)
    return [this.#seq, prev]
  }

  #dispatch(change: Change, origin?: LiveListener): void {
    for (const listener of [...this.listeners]) {
      if (listener === origin) continue
      if (this.#audiencesOf(listener.memberId).includes(change.audience as Audience)) listener.push([change])
    }
  }

  #audiencesOf(memberId: string): Audience[] {
    const audiences: Audience[] = ['org', `member:${memberId}`]
    if (this.admins.has(memberId)) audiences.push('admins')
    for (const [id, { memberIds }] of this.discussions) {
      if (memberIds.includes(memberId)) audiences.push(`conversation:${id}`)
    }
    return audiences
  }

  #headsOf(audiences: readonly Audience[]): Record<string, number> {
    return Object.fromEntries(audiences.map((audience) => [audience, this.#heads.get(audience) ?? 0]))
  }

  #wholeOf(audiences: readonly Audience[]): Change[] {
    const newest = (change: Change) =>
      change.kind !== 'message' ||
      this.#discussion(change.data?.conversationId ?? '').messages.length === change.data?.number
    return this.#everything(audiences).filter(newest)
  }

  #everything(audiences: readonly Audience[]): Change[] {
    const visible = new Set<string>(audiences)
    const entries = [...this.#entries.values()].filter(({ audience }) => visible.has(audience))
    const changes = entries.map((entry) => ({ ...entry, prev: 0 }) as Change)
    for (const [id, { messages, marks }] of this.discussions) {
      if (!visible.has(`conversation:${id}`)) continue
      for (const record of messages) changes.push(this.#messageChange(record, 0))
      for (const [memberId, mark] of marks) changes.push(this.#markChange(id, memberId, mark, 0))
    }
    return changes
  }

  #messageChange({ seq, message }: Discussion['messages'][number], prev: number): Change {
    const audience = `conversation:${message.conversationId}`
    return { seq, audience, prev, kind: 'message', id: message.id, data: message }
  }

  #markChange(
    conversationId: string,
    memberId: string,
    mark: { delivered: number; seen: number; seq: number },
    prev: number,
  ): Change {
    const { delivered, seen, seq } = mark
    const data = { conversationId, memberId, delivered, seen }
    const audience = `conversation:${conversationId}`
    return { seq, audience, prev, kind: 'mark', id: markId(conversationId, memberId), data }
  }
}
