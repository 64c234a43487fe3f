import type { Message } from '@parley/contracts/messages/message'
import type { Actor } from '../../kernel/actor.ts'
import { requireMayExport } from '../communication/communication-access.ts'
import { requireHistory, requireReadable } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import type { MemberReader } from '../members/member-store.ts'
import { isExpired } from '../messages/message-rules.ts'
import type { MessageReader } from '../messages/message-store.ts'
import { presentMessage } from '../messages/present-message.ts'
import { messageAt } from '../messages/without-expired.ts'
import type { OwnMessageReader } from '../messages/own-message-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

export interface ExportRead {
  readonly conversations: ConversationReader
  readonly messages: MessageReader
  readonly members: MemberReader
  readonly organisations: OrganisationReader
  readonly chatPreferences: ChatPreferenceReader
  readonly ownMessages: OwnMessageReader
}

const PAGE = 200

/**
 * A chat that the actor takes part in and may take away, as of now.
 * @throws DomainError not_found, no_longer_in_group, export_not_allowed
 */
export async function requireExportable(
  read: ExportRead,
  actor: Actor,
  conversationId: string,
): Promise<ConversationRecord> {
  const conversation = await requireReadable(read.conversations, actor, conversationId)
  await requireMayExport(read, actor)
  return conversation
}

/**
 * What the actor can see of a chat, page by page, each with the rights of that moment: neither what came before they did, nor what they
 * have cleared or deleted for themselves, nor what has disappeared.
 * @throws DomainError as `requireExportable`
 */
export async function* visibleMessages(
  read: ExportRead,
  actor: Actor,
  conversationId: string,
  now: () => number,
): AsyncGenerator<Message[]> {
  const { scope, memberId } = actor
  for (let next = 1; ;) {
    await requireExportable(read, actor, conversationId)
    const { from, until } = await requireHistory(read.conversations, actor, conversationId)
    const preference = await read.chatPreferences.get(scope, memberId, conversationId)
    const first = Math.max(next, from, (preference?.cleared?.number ?? 0) + 1)
    const page = await read.messages.pageFrom(scope, conversationId, { from: first, until, limit: PAGE })
    const last = page.at(-1)
    if (!last) return
    const noted = await read.ownMessages.of(
      scope,
      memberId,
      page.map(({ id }) => id),
    )
    const hidden = new Set(noted.filter((note) => note.hidden).map(({ messageId }) => messageId))
    const there = page.filter((message) => !hidden.has(message.id) && !isExpired(message, now()))
    if (there.length > 0) yield there.map((message) => messageAt(presentMessage(message), now()))
    next = last.number + 1
  }
}

/** Names of people, each looked up once. */
export function createNames(read: ExportRead, actor: Actor): (memberId: string) => Promise<string> {
  const known = new Map<string, string>()
  return async (memberId) => {
    const before = known.get(memberId)
    if (before !== undefined) return before
    const name = (await read.members.get(actor.scope, memberId))?.name ?? 'Former member'
    known.set(memberId, name)
    return name
  }
}

/** Who wrote a message, by the name that it is shown with. */
export const authorOf = async (
  { senderId, imported }: Message,
  nameOf: (memberId: string) => Promise<string>,
): Promise<string> => imported?.author ?? (await nameOf(senderId))
