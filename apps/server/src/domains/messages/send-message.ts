import type { ChangeFor } from '@parley/contracts/sync/change'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation } from '../../kernel/audiences.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { requireHistory, requireWritable } from '../conversations/conversation-access.ts'
import type { ConversationWriter } from '../conversations/conversation-store.ts'
import { raiseReach } from '../conversations/raise-reach.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { FileWriter } from '../files/file-store.ts'
import type { FileRecord } from '../files/file.ts'
import { linkFiles, requireSendable } from '../files/link-files.ts'
import { presentFile } from '../files/present-file.ts'
import { composeExtras, isPlain, type GivenExtras } from './compose-extras.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { MessageExtras, MessageRecord } from './message.ts'
import type { MessageWriter } from './message-store.ts'
import { recordMentions } from './record-mentions.ts'
import { presentMessage, presentMessageChange } from './present-message.ts'
import { changeAt } from './without-expired.ts'

export interface SendTx {
  readonly messages: MessageWriter
  readonly conversations: ConversationWriter
  readonly members: MemberReader
  readonly organisations: OrganisationReader
  readonly files: FileWriter
  readonly changes: ChangeFeedWriter
}

export interface GivenMessage extends GivenExtras {
  readonly id: string
  readonly conversationId: string
  readonly text: string
}

/**
 * Sends a message, once however often it is asked (Y6).
 * @returns the change that records it; on a repeat the first one
 * @throws DomainError what `requireSendable` throws, not_found, no_longer_in_group, recipient_gone, announcement_only, message_deleted (what it passes on), id_taken (the
 * id belongs to another message)
 */
export async function sendMessage(
  tx: SendTx,
  actor: Actor,
  given: GivenMessage,
  now: number,
): Promise<ChangeFor<'message'>> {
  const { scope } = actor
  const { id, conversationId } = given
  const earlier = await tx.messages.earlier(scope, id)
  if (earlier) return changeAt(await repeat(tx, actor, given, earlier), now)
  const conversation = await requireWritable(tx, actor, conversationId)
  const extras = isPlain(given) ? undefined : await composeExtras(tx, actor, conversation, given, now)
  const files = given.files && (await requireSendable(tx, actor, given.files, now))
  const after = conversation.disappearing?.after ?? null
  const sent = await store(tx, actor, given, { extras, files, after }, now)
  if (conversation.kind === 'group') await raiseReach(tx, scope, conversationId)
  if (extras?.mentions && sent.data) await recordMentions(tx, scope, sent.data, undefined, extras.mentions)
  return sent
}

/** What most messages have not. */
interface Rest {
  readonly extras: MessageExtras | undefined
  readonly files: readonly FileRecord[] | undefined
  /** Seconds until it disappears. */
  readonly after: number | null
}

/** Stores it and raises the sender's mark: who writes has read. */
function store(
  tx: SendTx,
  actor: Actor,
  given: GivenMessage,
  { extras, files, after }: Rest,
  now: number,
): Promise<ChangeFor<'message'>> {
  const { scope, memberId } = actor
  const { id, conversationId, text } = given
  const target = { audience: ofConversation(conversationId), kind: 'message', id } as const
  return tx.changes.appendWith(scope, target, async (seq) => {
    const draft = { id, conversationId, senderId: memberId, text, notice: null, sentAt: now, seq }
    const given = files ? { ...extras, files: files.map(presentFile) } : extras
    const message = await tx.messages.insert(scope, {
      ...draft,
      ...(given && { extras: given }),
      ...(after && { expiresAt: now + after * 1_000 }),
    })
    if (files) await linkFiles(tx, scope, files, message)
    const { number, quiet } = message
    const mark = { conversationId, memberId, delivered: number, seen: number, quiet, at: now }
    await tx.conversations.raiseMark(scope, mark)
    return presentMessage(message)
  })
}

async function repeat(
  tx: SendTx,
  actor: Actor,
  given: GivenMessage,
  earlier: MessageRecord,
): Promise<ChangeFor<'message'>> {
  const { from, until } = await requireHistory(tx.conversations, actor, given.conversationId)
  const own = earlier.senderId === actor.memberId && earlier.conversationId === given.conversationId
  const same = own && earlier.notice === null && earlier.number >= from && earlier.number <= until
  if (!same) throw new DomainError('id_taken')
  return presentMessageChange(earlier)
}
