import { isBlank } from '@parley/contracts/messages/blank'
import type { Message } from '@parley/contracts/messages/message'
import type { StoreOp } from '../local-store/local-store.ts'
import { dataOf, type ReplicaState } from '../replica/replica-state.ts'
import type { CopyOf } from './file-ports.ts'

/** Whether a copy goes. */
export type Loss = (copy: CopyOf) => boolean

/** Which copies go with what a step takes from this device: those of its messages (Y9). null where none do. */
export function lossOf(op: StoreOp, state: ReplicaState): Loss | null {
  switch (op.op) {
    case 'forget-conversation': {
      const { conversationId } = op
      // whoever has left a group may keep what was there
      return (copy) =>
        copy.conversationId === conversationId && !dataOf(state, 'conversation', conversationId)?.kept
    }
    case 'forget-range':
      return within(op.conversationId, op.from, op.to)
    case 'forget-message':
      return within(op.conversationId, op.number, op.number)
    case 'clear-window':
      return within(op.window.conversationId, 1, op.upTo)
    case 'put-message':
      return isEmptied(op.record.message) ? ofMessage(op.record.message.id) : null
    case 'put-record': {
      const { data } = op.record
      return data && 'hidden' in data && data.hidden ? ofMessage(data.messageId) : null
    }
    default:
      return null
  }
}

const ofMessage =
  (id: string): Loss =>
  ({ messageId }) =>
    messageId === id

/** A copy without a number, as it was made while its message waited or by an earlier version, may be one of them. */
const within =
  (id: string, from: number, to: number): Loss =>
  ({ conversationId, number }) =>
    conversationId === id && !(number && (number < from || number > to))

const isEmptied = (message: Message) =>
  message.deletedAt !== undefined || message.files?.some(({ gone }) => gone) === true || isBlank(message)
