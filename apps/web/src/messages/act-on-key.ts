import type { MessageView, ParleyClient } from '@parley/client/client-api'
import { isWithinWindow } from '@parley/contracts/communication/rules'
import { isForwardable } from './is-forwardable.ts'
import type { MessageActs } from './message-acts.ts'

/** Keys on a message that has the focus, as its menu names them. @param writable the person may write here */
export function actOnKey(
  key: string,
  message: MessageView,
  acts: MessageActs,
  client: ParleyClient,
  writable: boolean,
): void {
  const { deleted, delivery, imported, sentAt } = message
  if (deleted) return
  const own = delivery !== 'received' && !imported
  if (key === 'r' && writable) acts.reply(message)
  else if (key === 'f' && isForwardable(message)) acts.ask('forward', message)
  else if (key === 'c') acts.copy(message)
  else if (key === 'e' && writable && own)
    if (isWithinWindow(client.communication().editWindow, sentAt, client.now())) acts.change(message)
}
