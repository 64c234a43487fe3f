import { isBlank } from '@parley/contracts/messages/blank'
import type { Message } from '@parley/contracts/messages/message'

/** Whether a message is not to be seen any more: its time has come, or nothing of it is left but its place. */
export const isGone = (message: Message, now: number): boolean =>
  (message.expiresAt !== undefined && message.expiresAt <= now) || isBlank(message)
