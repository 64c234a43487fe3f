import { newId } from '../../kernel/ids.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { isQuiet } from '../../kernel/is-quiet.ts'
import type { MessageRecord } from '../messages/message.ts'
import type { SessionReader } from '../sessions/session-store.ts'
import type { SessionRecord } from '../sessions/session.ts'
import type { PushWriter } from './push-store.ts'
import { LIFETIME, serviceOf, TOLD_AFTER, type PushRecord } from './push.ts'

interface Tx {
  readonly pushes: PushWriter
}

/** A push before its time: to this device, about this. */
export function newPush(
  session: SessionRecord,
  about: { readonly kind: PushRecord['kind']; readonly topic: string },
  now: number,
  after: number,
): PushRecord {
  return {
    id: newId(),
    memberId: session.memberId,
    sessionId: session.id,
    ...about,
    device: session.device,
    service: session.push ? serviceOf(session.push.endpoint) : '',
    number: 0,
    state: 'queued',
    reason: null,
    status: null,
    attempts: 0,
    queuedAt: now,
    at: now + after,
    expiresAt: now + LIFETIME[about.kind],
  }
}

/**
 * The pushes that messages may call for: one for each chat and each device of those who take part in it and did not write it
 * themselves. Whether it is told at all is decided when it is due.
 */
export async function pushesFor(
  read: { readonly conversations: ConversationReader; readonly sessions: SessionReader },
  scope: OrgScope,
  messages: readonly MessageRecord[],
  now: number,
): Promise<PushRecord[]> {
  const sendersIn = new Map<string, Set<string>>()
  for (const message of messages) {
    const { conversationId, senderId, sentAt } = message
    if (isQuiet(message) || sentAt < now - LIFETIME.message) continue
    const senders = sendersIn.get(conversationId)
    if (senders) senders.add(senderId)
    else sendersIn.set(conversationId, new Set([senderId]))
  }
  if (sendersIn.size === 0) return []
  const devicesOf = Map.groupBy(await read.sessions.withPush(scope), ({ memberId }) => memberId)
  const pushes: PushRecord[] = []
  for (const [topic, senders] of devicesOf.size === 0 ? [] : sendersIn) {
    const conversation = await read.conversations.get(scope, topic)
    for (const memberId of conversation?.memberIds ?? []) {
      // who alone wrote has nothing to be told of
      if (senders.size === 1 && senders.has(memberId)) continue
      for (const session of devicesOf.get(memberId) ?? [])
        pushes.push(newPush(session, { kind: 'message', topic }, now, TOLD_AFTER))
    }
  }
  return pushes
}

/**
 * Queues pushes; what is queued already for a device and chat stays as it is.
 * @param upTo the seq of the last message they are of, which is taken down with them, so that a crash loses none
 */
export async function queuePushes(
  tx: Tx,
  scope: OrgScope,
  pushes: readonly PushRecord[],
  upTo: number | null,
): Promise<void> {
  for (const push of pushes) await tx.pushes.insert(scope, push)
  if (upTo !== null && upTo > ((await tx.pushes.followed(scope)) ?? 0))
    await tx.pushes.setFollowed(scope, upTo)
}
