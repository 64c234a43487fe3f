import type { MessageView } from '@parley/client/client-api'
import { MESSAGE_MAX_LENGTH } from '@parley/contracts/messages/bounds'

/** What the composer is about besides a new message. */
export type About =
  | { readonly kind: 'reply'; readonly message: MessageView }
  /** `text`: as it is being typed. */
  | { readonly kind: 'edit'; readonly message: MessageView; readonly text: string }

/** A text that is being written, and what becomes of it. */
export interface Writing {
  readonly text: string
  readonly change: (next: string) => void
  readonly send: () => Promise<void>
  readonly stopTyping: () => void
  readonly sendable: boolean
}

export const isSendable = (text: string): boolean =>
  text.trim() !== '' && text.trim().length <= MESSAGE_MAX_LENGTH
