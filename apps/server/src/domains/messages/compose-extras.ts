import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { requireMessage, requirePresentMessage, type MessageAccessTx } from './message-access.ts'
import { quoteOf } from './message-rules.ts'
import type { MessageExtras } from './message.ts'

/** What a client may say of a message besides its text. */
export interface GivenExtras {
  readonly replyTo?: string | undefined
  readonly forwardOf?: string | undefined
}

/** Whether a message is nothing but its text, as nearly all are: then nothing more is looked up. */
export const isPlain = ({ replyTo, forwardOf }: GivenExtras): boolean =>
  replyTo === undefined && forwardOf === undefined

/**
 * What a message has besides its text.
 * @throws DomainError not_found (what it answers or passes on is not the actor's to read), message_deleted (what it passes on)
 */
export async function composeExtras(
  tx: Pick<MessageAccessTx, 'messages' | 'conversations'>,
  actor: Actor,
  conversationId: string,
  { replyTo, forwardOf }: GivenExtras,
): Promise<MessageExtras> {
  if (forwardOf !== undefined) await requirePresentMessage(tx, actor, forwardOf)
  return {
    ...(replyTo !== undefined && { replyTo: await quote(tx, actor, conversationId, replyTo) }),
    ...(forwardOf !== undefined && { forwarded: true }),
  }
}

async function quote(
  tx: Pick<MessageAccessTx, 'messages' | 'conversations'>,
  actor: Actor,
  conversationId: string,
  messageId: string,
) {
  const message = await requireMessage(tx, actor, messageId)
  if (message.conversationId !== conversationId) throw new DomainError('not_found')
  return quoteOf(message)
}
