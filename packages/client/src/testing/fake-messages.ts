import { PINS_MAX } from '@parley/contracts/messages/bounds'
import { reactionId } from '@parley/contracts/messages/reaction-id'
import type { Change, ChangeFor } from '@parley/contracts/sync/change'
import { forgetPins, tellKept } from './fake-disappearing.ts'
import { type Discussion, type FakeMessage, isGone, sees } from './fake-discussion.ts'
import type { FakeServer } from './fake-server.ts'

function findMessage(server: FakeServer, messageId: string): [Discussion, FakeMessage] | null {
  for (const discussion of server.discussions.values()) {
    const found = discussion.messages.find(({ message }) => message.id === messageId)
    if (found) return isGone(discussion, found.message.number) ? null : [discussion, found]
  }
  return null
}

/** Whether a message is there: neither gone for good nor disappeared. */
export function isReadable(server: FakeServer, messageId: string): boolean {
  const [, found] = findMessage(server, messageId) ?? []
  return found !== undefined && (found.message.expiresAt ?? Infinity) > server.now
}

/** Changes what a message says, as its sender. @returns the change that tells it; null when it is not theirs */
export function editMessage(
  server: FakeServer,
  memberId: string,
  messageId: string,
  text: string,
): Change | null {
  const [discussion, found] = findMessage(server, messageId) ?? []
  if (!found || found.message.notice || found.message.senderId !== memberId) return null
  if (found.message.deletedAt !== undefined || !discussion?.memberIds.includes(memberId)) return null
  return server.revise(found, { text, editedAt: server.now })
}

/** Puts a preview of the page that a message links to under it, as the server does some time after it was sent. */
export function attachPreview(server: FakeServer, messageId: string, title: string): void {
  const [, found] = findMessage(server, messageId) ?? []
  if (!found || found.message.notice || found.message.deletedAt !== undefined) return
  server.revise(found, { linkPreview: { url: 'https://harbour.example/', title } })
}

/** Says something in answer to a message of the same conversation. */
export function answer(server: FakeServer, senderId: string, messageId: string, text: string): void {
  const [discussion, found] = findMessage(server, messageId) ?? []
  const said = discussion && server.say(senderId, discussion.conversation.id, text)
  const [, reply] = findMessage(server, said?.id ?? '') ?? []
  if (!found || !reply) return
  const { id, number, expiresAt } = found.message
  const end = expiresAt !== undefined && { expiresAt }
  const replyTo = {
    id,
    number,
    senderId: found.message.senderId,
    kind: 'text',
    text: found.message.text,
    ...end,
  } as const
  server.revise(reply, { replyTo })
}

/** Deletes an own message for everyone. @returns the change that tells it; null when it is not theirs */
export function deleteMessage(server: FakeServer, memberId: string, messageId: string): Change | null {
  const [discussion, found] = findMessage(server, messageId) ?? []
  if (!discussion || !found || found.message.senderId !== memberId || found.message.notice) return null
  if (!discussion.memberIds.includes(memberId)) return null
  const { editedAt: _edited, linkPreview: _card, ...message } = found.message
  found.versions.length = 0
  found.message = message
  server.forgetReactionsTo(messageId)
  const change = server.revise(found, { text: '', deletedAt: server.now })
  forgetPins(server, discussion)
  for (const former of discussion.until.keys())
    if (sees(former, discussion, message.number)) tellKept(server, former, discussion)
  return change
}

/** Says something to a message without words. @returns the change that tells it; null when that is not theirs to do */
export function reactTo(
  server: FakeServer,
  memberId: string,
  messageId: string,
  emojis: readonly string[],
): ChangeFor<'reaction'> | null {
  const [discussion, found] = findMessage(server, messageId) ?? []
  if (!discussion?.memberIds.includes(memberId) || !found) return null
  const { conversationId, number, notice, deletedAt } = found.message
  if (notice || deletedAt !== undefined || !sees(memberId, discussion, number)) return null
  const id = reactionId(messageId, memberId)
  const data = { conversationId, messageId, number, memberId, emojis: [...emojis], at: server.now }
  server.append(`conversation:${conversationId}`, 'reaction', id, data)
  return server.reactionsTo(conversationId, [number]).find((change) => change.id === id) ?? null
}

/** Puts a message above the others, or takes it down. @returns the changes that tell it; null when that is not theirs to do */
export function pinMessage(
  server: FakeServer,
  memberId: string,
  messageId: string,
  pinned: boolean,
): Change[] | null {
  const [discussion, found] = findMessage(server, messageId) ?? []
  if (!discussion?.memberIds.includes(memberId) || !found) return null
  const { conversationId, number, notice, deletedAt } = found.message
  if (notice || deletedAt !== undefined || !sees(memberId, discussion, number)) return null
  const pins = discussion.conversation.pins ?? []
  const others = pins.filter((pin) => pin.messageId !== messageId)
  if (pinned === others.length < pins.length) return []
  if (pinned) server.notice(memberId, conversationId, { what: 'pinned', number })
  const all = pinned ? [...others, { messageId, number, memberId, at: server.now }] : others
  return [server.tell(conversationId, { pins: all.slice(-PINS_MAX) })]
}
