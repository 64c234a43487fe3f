import type { Conversation, Pin } from '@parley/contracts/conversations/conversation'
import { knowsKeptPurge, tellKeptPurge, tellPurged } from './fake-purged.ts'
import { isGone, keptOf, sees, versionFor, type Discussion } from './fake-discussion.ts'
import type { FakeServer } from './fake-server.ts'

type After = NonNullable<NonNullable<Conversation['disappearing']>['after']>

/** @param after any number of seconds, so that a test need not wait for a day */
export function setDisappearing(
  server: FakeServer,
  by: string,
  conversationId: string,
  after: number | null,
): void {
  server.notice(by, conversationId, { what: 'disappearing', after })
  server.tell(conversationId, { disappearing: { after: after as After | null } })
}

/** Deletes messages whose time has come, as the server does every so often. */
export function purgeExpired(server: FakeServer): void {
  for (const [conversationId, discussion] of server.discussions) {
    const { messages, purged } = discussion
    const due = messages.filter(
      ({ message: { number, expiresAt } }) => !purged.has(number) && (expiresAt ?? Infinity) <= server.now,
    )
    if (due.length === 0) continue
    const newest = newestLeft(discussion)
    for (const { message } of due) purged.add(message.number)
    tellPurge(server, conversationId, discussion)
    const left = newestLeft(discussion)
    if (left && left !== newest) server.revise(left, {})
    readOver(server, conversationId, discussion)
  }
}

const newestLeft = ({ messages, purged, gone }: Discussion) =>
  messages.findLast(({ message: { number } }) => number > gone && !purged.has(number))

/** What is gone or deleted stands above nothing any more. */
export function forgetPins(server: FakeServer, discussion: Discussion): void {
  const { conversation, messages } = discussion
  const isThere = ({ number }: Pin) =>
    !isGone(discussion, number) && messages[number - 1]?.message.deletedAt === undefined
  const left = conversation.pins?.filter(isThere)
  if (left && left.length < (conversation.pins?.length ?? 0)) server.tell(conversation.id, { pins: left })
}

/** Everybody who may read there hears of what is gone. */
export function tellPurge(server: FakeServer, conversationId: string, discussion: Discussion): void {
  forgetPins(server, discussion)
  tellPurged(server, discussion)
  for (const memberId of discussion.until.keys()) {
    if (knowsKeptPurge(server, memberId, discussion)) continue
    tellKeptPurge(server, memberId, discussion)
    tellKept(server, memberId, discussion)
  }
  // who has not heard of a message hears how far its sender was
  const gone = discussion.messages.filter(({ message: { number } }) => isGone(discussion, number))
  const { memberIds, until } = discussion
  for (const sender of new Set(gone.map(({ message }) => message.senderId)))
    if (memberIds.includes(sender) || until.has(sender)) server.tellMark(sender, conversationId)
}

/** Somebody who has left hears what they keep. */
export function tellKept(server: FakeServer, memberId: string, discussion: Discussion): void {
  const until = discussion.until.get(memberId) ?? 0
  const last = discussion.messages.findLast(
    ({ message: { number } }) => number <= until && sees(memberId, discussion, number),
  )
  const data = keptOf(discussion.conversation, last ? versionFor(memberId, discussion, last) : null)
  server.append(`member:${memberId}`, 'conversation', discussion.conversation.id, data)
}

/** Nobody has anything unread among what is gone right after what they have read. */
function readOver(
  server: FakeServer,
  conversationId: string,
  { memberIds, until, marks, purged }: Discussion,
): void {
  for (const memberId of [...memberIds, ...until.keys()]) {
    let seen = marks.get(memberId)?.seen ?? 0
    while (purged.has(seen + 1) && seen + 1 <= (until.get(memberId) ?? Infinity)) seen += 1
    server.raiseMark(memberId, conversationId, seen, seen)
  }
}
