import type { MessageView } from '@parley/client/client-api'
import type { Asked } from './message-dialog.tsx'

/** What can be done with a message from its row: by the bar beside it, its menu, or what it says of itself. */
export interface MessageActs {
  copy(message: MessageView): void
  info(message: MessageView): void
  reply(message: MessageView): void
  /** Puts an emoji to it, or takes it back. */
  react(message: MessageView, emoji: string): void
  /** Stars it, or takes the star back. */
  star(message: MessageView): void
  /** Puts it above the others of its chat, or takes it down. */
  pin(message: MessageView, pinned: boolean): void
  /** Opens a dialog about it. */
  ask(what: Asked['what'], message: MessageView): void
  /** Begins to choose several messages, this one first; in that mode, chooses it or leaves it out. */
  select(message: MessageView): void
  /** Opens the composer for the text of an own message that was sent. */
  change(message: MessageView): void
  /** Tries once more to save an edit that was refused, or gives it up. */
  changeAgain(message: MessageView): void
  dropChange(message: MessageView): void
  /** A letter was pressed on it. @param writable the person may write here */
  press(key: string, message: MessageView, writable: boolean): void
  /** Goes to a message of this chat, wherever it stands. */
  jump(number: number): void
  retry(message: MessageView): void
  /** Takes a message that was not sent back into the composer. */
  edit(message: MessageView): void
  discard(message: MessageView): void
}
