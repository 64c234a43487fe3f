import type { Mentions } from '@parley/contracts/messages/mentions'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import { requireMessage, requirePresentMessage, type MessageAccessTx } from './message-access.ts'
import { quoteOf } from './message-rules.ts'
import type { MessageExtras } from './message.ts'

/** What a client may say of a message besides its text. */
export interface GivenExtras {
  readonly replyTo?: string | undefined
  readonly forwardOf?: string | undefined
  readonly mentions?: Mentions | undefined
  /** Ids. */
  readonly files?: readonly string[] | undefined
}

/** Whether a message is nothing but its text, as nearly all are: then nothing more is looked up. */
export const isPlain = ({ replyTo, forwardOf, mentions, files }: GivenExtras): boolean =>
  [replyTo, forwardOf, mentions, files].every((given) => given === undefined)

/**
 * What a message has besides its text.
 * @throws DomainError not_found (what it answers or passes on is not the actor's to read), message_deleted (what it passes on)
 */
export async function composeExtras(
  tx: Pick<MessageAccessTx, 'messages' | 'conversations'>,
  actor: Actor,
  conversation: ConversationRecord,
  { replyTo, forwardOf, mentions }: GivenExtras,
  now: number,
): Promise<MessageExtras> {
  const original = forwardOf === undefined ? null : await requirePresentMessage(tx, actor, forwardOf, now)
  const mentioned = whoTakesPart(conversation, mentions)
  return {
    ...(replyTo !== undefined && { replyTo: await quote(tx, actor, conversation.id, replyTo, now) }),
    ...(original && { forwarded: true }),
    ...(mentioned && { mentions: mentioned }),
  }
}

/**
 * Those of the mentioned who take part in the group, each once; undefined where nobody is left. Others are left out rather than
 * refused: somebody may have gone between the writing and the sending, and what was written to the others still holds.
 */
export function whoTakesPart(
  { kind, memberIds }: ConversationRecord,
  mentions: Mentions | undefined,
): Mentions | undefined {
  if (!mentions || kind !== 'group') return undefined
  const present = new Set(memberIds)
  const mentioned = [...new Set(mentions.memberIds)].filter((memberId) => present.has(memberId))
  if (mentioned.length === 0 && !mentions.all) return undefined
  return { memberIds: mentioned, ...(mentions.all && { all: true }) }
}

async function quote(
  tx: Pick<MessageAccessTx, 'messages' | 'conversations'>,
  actor: Actor,
  conversationId: string,
  messageId: string,
  now: number,
) {
  const message = await requireMessage(tx, actor, messageId, now)
  if (message.conversationId !== conversationId) throw new DomainError('not_found')
  return quoteOf(message)
}
