import type { ChatPatch, ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import { PINNED_CHATS_MAX } from '@parley/contracts/chat-preferences/rules'
import type { ChatWish } from '../client-api.ts'
import type { CallQueue } from '../outbox/call-queue.ts'
import type { Replica } from '../replica/replica.ts'
import { lastNumberOf } from '../replica/replica-state.ts'
import { failedAs } from '../transport/route-call.ts'
import { chatKey, SETTINGS_KEY } from './keys.ts'
import { preferenceOf, queuedBody } from './preference-of.ts'

/** Changes what the member wants of their chats: at once here, and on the server as soon as it can be reached. */
export class ChatPreferences {
  readonly #replica: Replica
  readonly #calls: Pick<CallQueue, 'add'>

  constructor(replica: Replica, calls: Pick<CallQueue, 'add'>) {
    this.#replica = replica
    this.#calls = calls
  }

  /** @throws CallFailed too_many_pinned_chats */
  async change(conversationId: string, wish: ChatWish): Promise<void> {
    if (wish.pinned && !this.#isPinned(conversationId) && this.#pinned() >= PINNED_CHATS_MAX)
      throw failedAs('too_many_pinned_chats')
    const { archived, ...patch } = wish
    const last = lastNumberOf(this.#replica.state, conversationId)
    const folded = archived === undefined ? {} : { archived: archived ? last : null }
    const key = chatKey(conversationId)
    // what was wanted before and is not known yet stays wanted
    const body = { ...queuedBody<ChatPatch>(this.#replica.state, key), ...patch, ...folded }
    const input = { params: { conversationId }, body }
    await this.#calls.add('changeChatPreference', input, { key, conversationId })
  }

  async changeSettings(patch: Partial<ChatSettings>): Promise<void> {
    const body = { ...queuedBody<ChatSettings>(this.#replica.state, SETTINGS_KEY), ...patch }
    await this.#calls.add('changeChatSettings', { body }, { key: SETTINGS_KEY })
  }

  /** Everything of it that is on this device now vanishes. */
  clear(conversationId: string): Promise<void> {
    return this.change(conversationId, { clearedUpTo: lastNumberOf(this.#replica.state, conversationId) })
  }

  /** The person is looking at it. */
  opened(conversationId: string): void {
    if (!preferenceOf(this.#replica.state, conversationId)?.markedUnread) return
    void this.change(conversationId, { markedUnread: false })
  }

  #isPinned(conversationId: string): boolean {
    return preferenceOf(this.#replica.state, conversationId)?.pinned ?? false
  }

  #pinned(): number {
    let count = 0
    for (const { id, data } of this.#replica.state.records.conversation.values())
      if (data && this.#isPinned(id)) count += 1
    return count
  }
}
