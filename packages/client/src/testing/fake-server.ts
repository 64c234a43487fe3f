import type { Conversation, Group } from '@parley/contracts/conversations/conversation'
import { markId } from '@parley/contracts/conversations/mark-id'
import type { Notice } from '@parley/contracts/messages/notice'
import type { Message } from '@parley/contracts/messages/message'
import type { Audience, Change } from '@parley/contracts/sync/change'
import {
  type Discussion,
  type FakeMessage,
  pageOf,
  markChange,
  messageChange,
  endOf,
  isHidden,
  keptOf,
  reachOf,
  sees,
  unmarked,
  untouched,
  versionFor,
} from './fake-discussion.ts'
import { groupOf, memberNamed } from './fake-entities.ts'
import { FakeFeed } from './fake-feed.ts'
import { FakePreferences } from './fake-preferences.ts'
import { tellKeptPurge, tellPurged, toldNow } from './fake-purged.ts'

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
  readonly preferences = new FakePreferences(this)
  now = 1_800_000_000_000
  /** Cursors below are answered with `load-again` (Y8). */
  floor = 0
  #ids = 1_000
  readonly #members = new Set<string>()
  readonly #feed = new FakeFeed()

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
    this.append('org', 'member', id, memberNamed(id, name))
  }

  addConversation(memberIds: readonly string[]): string {
    const id = this.#newId()
    const conversation: Conversation = {
      id,
      kind: 'direct',
      memberIds: [...memberIds],
      createdBy: memberIds[0] ?? '',
      createdAt: this.now,
      group: null,
      kept: null,
    }
    return this.#begin(conversation)
  }

  /** A group; the first of its members is its admin. */
  addGroup(memberIds: readonly string[], settings: Partial<Group> = {}): string {
    const [first = ''] = memberIds
    const group = { ...groupOf(first), ...settings }
    const kind = 'group' as const
    const made = { createdBy: first, createdAt: this.now, group, kept: null }
    const id = this.#begin({ id: this.#newId(), kind, memberIds: [...memberIds], ...made })
    this.notice(first, id, { what: 'created', name: group.name })
    return id
  }

  changeGroup(by: string, conversationId: string, patch: Partial<Group>): void {
    const { conversation } = this.#discussion(conversationId)
    if (!conversation.group) return
    this.notice(by, conversationId, { what: 'renamed', name: patch.name ?? null })
    this.tell(conversationId, { group: { ...conversation.group, ...patch } })
  }

  addToGroup(by: string, conversationId: string, memberId: string): void {
    const discussion = this.#discussion(conversationId)
    if (discussion.memberIds.includes(memberId)) return
    const { message } = this.notice(by, conversationId, { what: 'added', memberIds: [memberId] })
    const { number, quiet } = message
    discussion.from.set(memberId, discussion.conversation.group?.newcomersSeeHistory ? 1 : number)
    const returns = discussion.until.delete(memberId)
    if (returns) this.append(`member:${memberId}`, 'conversation', conversationId, null)
    discussion.marks.set(memberId, { delivered: number, seen: number, quiet, seq: 0 })
    discussion.memberIds.push(memberId)
    this.tell(conversationId, { memberIds: [...discussion.memberIds] })
    if (returns) tellPurged(this, discussion)
    this.#access(memberId, conversationId, 'gained')
    this.#tellOwnMark(memberId, conversationId)
  }

  removeFromGroup(by: string, conversationId: string, memberId: string, keepsHistory = true): void {
    const discussion = this.#discussion(conversationId)
    if (!discussion.memberIds.includes(memberId)) return
    const { conversation } = discussion
    const last = this.notice(by, conversationId, { what: 'removed', memberIds: [memberId] })
    discussion.memberIds = discussion.memberIds.filter((id) => id !== memberId)
    this.tell(conversationId, { memberIds: [...discussion.memberIds] })
    this.#access(memberId, conversationId, 'lost')
    if (!keepsHistory) {
      discussion.marks.delete(memberId)
      this.preferences.forget(memberId, conversationId)
    } else {
      discussion.until.set(memberId, last.message.number)
      const kept: Conversation = keptOf(conversation, last)
      tellKeptPurge(this, memberId, discussion)
      this.append(`member:${memberId}`, 'conversation', conversationId, kept)
      this.#tellOwnMark(memberId, conversationId)
    }
    this.#raiseReach(conversationId)
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
    if (known) return messageChange(known, 0)
    const change = this.#store(discussion, { id, senderId, text, notice: null }, origin)
    this.#raiseReach(conversationId)
    return change
  }

  /** Somebody's message, written elsewhere. */
  say(senderId: string, conversationId: string, text: string): Change | null {
    return this.send(senderId, conversationId, this.#newId(), text)
  }

  raiseMark(memberId: string, conversationId: string, delivered: number, seen: number): boolean {
    const discussion = this.discussions.get(conversationId)
    const until = discussion?.until.get(memberId)
    if (!discussion || !(discussion.memberIds.includes(memberId) || until)) return false
    const last = until ?? discussion.messages.length
    const mark = discussion.marks.get(memberId) ?? unmarked
    const now = Math.max(mark.seen, Math.min(last, seen))
    const raised = {
      delivered: Math.max(mark.delivered, Math.min(last, delivered), now),
      seen: now,
      quiet: discussion.messages[now - 1]?.message.quiet ?? 0,
    }
    if (raised.delivered === mark.delivered && raised.seen === mark.seen) return true
    if (discussion.conversation.group) {
      discussion.marks.set(memberId, { ...raised, seq: 0 })
      this.#tellOwnMark(memberId, conversationId)
      this.#raiseReach(conversationId)
      return true
    }
    discussion.marks.set(memberId, { ...raised, seq: 0 })
    this.tellMark(memberId, conversationId)
    return true
  }

  /** Tells how far somebody is: both of a direct conversation, in a group their own devices. */
  tellMark(memberId: string, conversationId: string): void {
    const { marks, conversation } = this.#discussion(conversationId)
    if (conversation.group) {
      this.#tellOwnMark(memberId, conversationId)
      return
    }
    const [seq, prev] = this.#feed.take(`conversation:${conversationId}`)
    const mark = { ...(marks.get(memberId) ?? unmarked), seq }
    marks.set(memberId, mark)
    this.#dispatch(markChange(conversationId, memberId, mark, prev))
  }

  append(audience: Audience, kind: Change['kind'], id: string, data: Change['data']): Change {
    const [seq, prev] = this.#feed.take(audience)
    this.#feed.enter({ seq, audience, kind, id, data })
    const change = { seq, audience, prev, kind, id, data } as Change
    this.#dispatch(change)
    return change
  }

  load(memberId: string) {
    const audiences = this.#audiencesOf(memberId)
    return {
      changes: this.#wholeOf(audiences, memberId),
      heads: this.#feed.headsOf(audiences),
      cursor: this.#feed.seq,
      serverTime: this.now,
    }
  }

  catchUp(memberId: string, since: number, limit: number) {
    if (since > this.#feed.seq || since < this.floor) return { outcome: 'load-again' as const }
    const audiences = this.#audiencesOf(memberId)
    const all = this.#everything(audiences, memberId)
      .filter(({ seq }) => seq > since)
      .sort((a, b) => a.seq - b.seq)
    const changes = all.slice(0, limit)
    const more = all.length > limit
    const cursor = more ? (changes.at(-1)?.seq ?? since) : this.#feed.seq
    const heads = this.#feed.headsOf(audiences)
    return { outcome: 'changes' as const, changes, heads, cursor, more, serverTime: this.now }
  }

  /** null when the member does not see it. */
  loadAudience(memberId: string, audience: string) {
    if (!this.#audiencesOf(memberId).includes(audience as Audience)) return null
    return { changes: this.#wholeOf([audience as Audience], memberId), head: this.#feed.head(audience) }
  }

  page(
    memberId: string,
    conversationId: string,
    { before = Infinity, from = 0, limit }: { before?: number; from?: number; limit: number },
  ) {
    const discussion = this.discussions.get(conversationId)
    if (!discussion || !(discussion.memberIds.includes(memberId) || discussion.until.has(memberId)))
      return null
    const cleared = this.preferences.clearedUpTo(memberId, conversationId)
    const { chosen, ...reached } = pageOf(discussion, memberId, cleared, { before, from, limit })
    const numbers = discussion.until.has(memberId) ? [] : chosen.map(({ message }) => message.number)
    return {
      changes: chosen.map((record) => messageChange(versionFor(memberId, discussion, record), 0)),
      reactions: this.reactionsTo(conversationId, numbers).filter(({ data }) => data?.emojis.length),
      ...reached,
    }
  }

  readonly told: FakeFeed['told'] = (...asked) => this.#feed.told(...asked)
  readonly reactionsTo: FakeFeed['reactionsTo'] = (id, numbers) => this.#feed.reactionsTo(id, numbers)
  readonly forgetReactionsTo = (messageId: string): void => this.#feed.forgetReactionsTo(messageId)

  signalTo(memberId: string, name: string, payload: unknown): void {
    for (const listener of [...this.listeners])
      if (listener.memberId === memberId) listener.signal(name, payload)
  }

  #begin(conversation: Conversation): string {
    const { id, memberIds } = conversation
    const marks = new Map(memberIds.map((memberId) => [memberId, unmarked]))
    this.discussions.set(id, { conversation, memberIds: [...memberIds], ...untouched(), marks })
    this.append(`conversation:${id}`, 'conversation', id, conversation)
    for (const memberId of memberIds) this.#access(memberId, id, 'gained')
    return id
  }

  #store(
    discussion: Discussion,
    draft: Pick<Message, 'id' | 'senderId' | 'text' | 'notice'>,
    origin?: LiveListener,
  ): Change {
    const { messages, marks, conversation } = discussion
    const number = messages.length + 1
    const quiet = (messages.at(-1)?.message.quiet ?? 0) + (draft.notice ? 1 : 0)
    const sent = { conversationId: conversation.id, number, quiet, sentAt: this.now }
    const message: Message = { ...draft, ...sent, ...endOf(conversation, draft, this.now) }
    const [seq, prev] = this.#feed.take(`conversation:${conversation.id}`)
    const record = { seq, message, versions: [{ seq, message }] }
    messages.push(record)
    const mark = marks.get(draft.senderId) ?? unmarked
    marks.set(draft.senderId, { ...mark, delivered: number, seen: number, quiet })
    const change = messageChange(record, prev)
    this.#dispatch(change, origin)
    return change
  }

  /** Changes a message for all who see it. */
  revise(found: FakeMessage, patch: Partial<Message>): Change {
    const message = { ...found.message, ...patch }
    const audience = `conversation:${message.conversationId}` as const
    const [seq, prev] = this.#feed.take(audience)
    found.message = message
    found.versions.push({ seq, message })
    const change = messageChange({ seq, message }, prev)
    this.#feed.enter({ ...change, audience })
    this.#dispatch(change)
    return change
  }

  notice(senderId: string, conversationId: string, given: Pick<Notice, 'what'> & Partial<Notice>) {
    const discussion = this.#discussion(conversationId)
    const notice: Notice = { memberIds: [], count: 0, name: null, setting: null, ...given }
    this.#store(discussion, { id: this.#newId(), senderId, text: '', notice })
    const [written] = discussion.messages.slice(-1)
    if (!written) throw new Error('a notice was written')
    return written
  }

  tell(conversationId: string, patch: Partial<Conversation>): Change {
    const discussion = this.#discussion(conversationId)
    discussion.conversation = { ...discussion.conversation, ...patch }
    const { conversation } = discussion
    return this.append(`conversation:${conversationId}`, 'conversation', conversationId, conversation)
  }

  #tellOwnMark(memberId: string, conversationId: string): void {
    const mark = this.#discussion(conversationId).marks.get(memberId) ?? unmarked
    const { data } = markChange(conversationId, memberId, mark, 0)
    this.append(`member:${memberId}`, 'mark', markId(conversationId, memberId), data)
  }

  #raiseReach(conversationId: string): void {
    const discussion = this.#discussion(conversationId)
    const reach = reachOf(discussion)
    if (reach === discussion.reach) return
    discussion.reach = reach
    const data = { conversationId, ...reach }
    this.append(`conversation:${conversationId}`, 'reach', conversationId, data)
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

  #dispatch(change: Change, origin?: LiveListener): void {
    for (const listener of [...this.listeners]) {
      if (listener === origin || isHidden(change, listener.memberId, this.discussions)) continue
      if (this.#audiencesOf(listener.memberId).includes(change.audience as Audience)) listener.push([change])
    }
  }

  #audiencesOf(memberId: string): Audience[] {
    const inIt = [...this.discussions].filter(([, { memberIds }]) => memberIds.includes(memberId))
    const own: Audience[] = this.admins.has(memberId) ? ['org', 'admins'] : ['org']
    return [...own, `member:${memberId}`, ...inIt.map(([id]): Audience => `conversation:${id}`)]
  }

  #wholeOf(audiences: readonly Audience[], memberId: string): Change[] {
    const isPresent = ({ kind, audience }: Change) =>
      kind !== 'message' &&
      kind !== 'reaction' &&
      kind !== 'access' &&
      !(kind === 'mark' && audience === `member:${memberId}`)
    const changes = this.#everything(audiences, memberId).filter(isPresent)
    for (const [id, { messages, purged }] of this.discussions) {
      const newest = messages.findLast(({ message }) => !purged.has(message.number))?.versions.at(-1)
      if (newest && audiences.includes(`conversation:${id}`))
        changes.push(messageChange(newest, 0), ...this.reactionsTo(id, [newest.message.number]))
    }
    if (!audiences.includes(`member:${memberId}`)) return changes
    for (const [id, { conversation, memberIds, marks, until }] of this.discussions) {
      const mark = marks.get(memberId)
      if (!conversation.group || !mark || !(memberIds.includes(memberId) || until.has(memberId))) continue
      changes.push({ ...markChange(id, memberId, mark, 0), audience: `member:${memberId}` })
    }
    return changes
  }

  #everything(audiences: readonly Audience[], memberId: string): Change[] {
    const visible = new Set<string>(audiences)
    const changes = toldNow(this.#feed.entriesOf(visible), memberId, this.discussions)
    for (const [id, discussion] of this.discussions) {
      if (!visible.has(`conversation:${id}`)) continue
      const { messages, marks, conversation } = discussion
      for (const record of messages)
        if (sees(memberId, discussion, record.message.number)) changes.push(messageChange(record, 0))
      if (conversation.group) continue
      for (const [of, mark] of marks) changes.push(markChange(id, of, mark, 0))
    }
    return changes
  }
}
