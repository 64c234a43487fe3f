import { problemOfParagraph } from '@parley/contracts/kernel/written-text'
import { MESSAGE_MAX_LENGTH, REACTIONS_PER_PERSON_MAX } from '@parley/contracts/messages/bounds'
import { CallFailed } from '../call-failed.ts'
import type { MessageView } from '../client-api.ts'
import type { CallQueue } from '../outbox/call-queue.ts'
import type { ReplicaState } from '../replica/replica-state.ts'
import { hideKey, starKey } from './own-messages.ts'
import { pinKey } from './pins.ts'
import { mentionsIn } from './mentions-in.ts'

/** What the edit of a message is called in the queue. */
export const editKey = (messageId: string) => `edit ${messageId}`

/** What the deletion of a message is called in the queue. */
export const deleteKey = (messageId: string) => `delete ${messageId}`

/** What the own reactions to a message are called in the queue. */
export const reactKey = (messageId: string) => `react ${messageId}`

/** What people do to messages that were sent; it shows at once, and the server learns of it when it can. */
export class MessageCalls {
  readonly #calls: Pick<CallQueue, 'add' | 'drop'>

  readonly #state: ReplicaState

  constructor(calls: Pick<CallQueue, 'add' | 'drop'>, state: ReplicaState) {
    this.#calls = calls
    this.#state = state
  }

  /** @throws CallFailed invalid_input */
  async edit({ id: messageId, conversationId }: MessageView, typed: string): Promise<void> {
    const problem = problemOfParagraph(typed, MESSAGE_MAX_LENGTH)
    if (problem !== null) throw new CallFailed('invalid_input', 'tell', problem, { text: problem })
    const text = typed.trim()
    const mentions = mentionsIn(this.#state, conversationId, text)
    const input = { params: { messageId }, body: { text, ...(mentions && { mentions }) } }
    await this.#calls.add('editMessage', input, { key: editKey(messageId), conversationId })
  }

  /** Puts an emoji to a message, or takes it back; the oldest gives way where there would be too many. */
  async react({ id: messageId, conversationId, reactions }: MessageView, emoji: string): Promise<void> {
    const own = reactions.filter(({ mine }) => mine).map((one) => one.emoji)
    const emojis = own.includes(emoji)
      ? own.filter((one) => one !== emoji)
      : [...own, emoji].slice(-REACTIONS_PER_PERSON_MAX)
    const input = { params: { messageId }, body: { emojis } }
    await this.#calls.add('reactToMessage', input, { key: reactKey(messageId), conversationId })
  }

  /** Stars a message for oneself, or takes the star back. */
  async star({ id: messageId, conversationId }: MessageView, starred: boolean): Promise<void> {
    const input = { params: { messageId }, body: { starred } }
    await this.#calls.add('starMessage', input, { key: starKey(messageId), conversationId })
  }

  /** Deletes a message for oneself. */
  async hide({ id: messageId, conversationId }: MessageView): Promise<void> {
    await this.#calls.drop(starKey(messageId))
    await this.#calls.add(
      'hideMessage',
      { params: { messageId } },
      { key: hideKey(messageId), conversationId },
    )
  }

  /** Puts a message above the others of its chat, or takes it down. */
  async pin(message: MessageView, pinned: boolean): Promise<void> {
    const { id: messageId, conversationId } = message
    const input = { params: { messageId }, body: { pinned } }
    await this.#calls.add('pinMessage', input, { key: pinKey(message), conversationId })
  }

  async delete({ id: messageId, conversationId }: MessageView): Promise<void> {
    // what was to be changed in it does not matter any more
    await this.#calls.drop(editKey(messageId))
    await this.#calls.add(
      'deleteMessage',
      { params: { messageId } },
      { key: deleteKey(messageId), conversationId },
    )
  }
}
