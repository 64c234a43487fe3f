import type { File } from '@parley/contracts/files/file'
import { plainOf } from '@parley/contracts/formatting/plain-of'
import { isQuiet, usualChoices } from '@parley/contracts/notifications/rules'
import { PUSH_READ_MAX, PUSH_TEXT_MAX } from '@parley/contracts/notifications/bounds'
import type { PushPayload } from '@parley/contracts/notifications/push-payload'
import type { PushTarget } from '@parley/contracts/notifications/push'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { isMuted, USUAL_CHAT_SETTINGS } from '@parley/contracts/chat-preferences/rules'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import { countUnread, isFoldedAway, unreadIn } from '../messages/count-unread.ts'
import { communicationOf } from '../communication/communication.ts'
import type { MarkRecord } from '../conversations/conversation.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { MessageRecord } from '../messages/message.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { SessionReader } from '../sessions/session-store.ts'
import type { SessionRecord } from '../sessions/session.ts'
import type { NotificationSettingsReader } from './notification-settings-store.ts'
import type { PushReader } from './push-store.ts'
import { isTellable, LEDGER_LOOKED_THROUGH, LOOKED_THROUGH } from './folded-news.ts'
import { lookAgainAfter, TOLD_APART, type PushRecord } from './push.ts'

/** Whether somebody is at one of the member's devices just now. */
export type IsAtDevice = (memberId: string) => boolean

export interface ComposeRead {
  readonly organisations: OrganisationReader
  readonly chatPreferences: ChatPreferenceReader
  readonly conversations: ConversationReader
  readonly members: MemberReader
  readonly messages: MessageReader
  readonly sessions: SessionReader
  readonly pushes: PushReader
  readonly notificationSettings: NotificationSettingsReader
}

export type Composed =
  | { readonly do: 'send'; readonly target: PushTarget; readonly payload: PushPayload }
  /** There is nothing to tell any more. */
  | { readonly do: 'drop' }
  | { readonly do: 'wait'; readonly until: number }

const DROP: Composed = { do: 'drop' }
/** So much of a text is read for its marks, for each device anew: hostile text takes long to be read. */
const READ = 2 * PUSH_TEXT_MAX

/**
 * What a queued push says at this moment, by the rights, marks and choices of this moment (A2, Y9): nothing of a chat that was
 * read or lost meanwhile leaves the house.
 */
export async function composePush(
  read: ComposeRead,
  isAtDevice: IsAtDevice,
  scope: OrgScope,
  push: PushRecord,
  now: number,
): Promise<Composed> {
  const session = await liveSession(read, scope, push, now)
  if (!session?.push) return DROP
  const target = session.push
  const every = async () => ({
    session: session.id,
    badge: await countUnread(read, scope, push.memberId, now),
    ...(await readElsewhere(read, scope, session, push.topic)),
  })
  if (push.kind === 'test')
    return { do: 'send', target, payload: { kind: 'test', ...(await every()), sentAt: now } }
  if (push.kind === 'withdrawal') {
    const payload = { kind: 'withdrawal' as const, ...(await every()) }
    return payload.read.length > 0 ? { do: 'send', target, payload } : DROP
  }
  if (isAtDevice(push.memberId)) return { do: 'wait', until: now + lookAgainAfter(now - push.queuedAt) }
  const told = await toldOf(read, scope, push, now)
  if ('do' in told) return told
  return { do: 'send', target, payload: { kind: 'message', ...(await every()), ...told } }
}

async function liveSession(
  read: ComposeRead,
  scope: OrgScope,
  { sessionId, memberId }: PushRecord,
  now: number,
): Promise<SessionRecord | null> {
  const session = await read.sessions.get(scope, sessionId)
  if (session?.memberId !== memberId || session.endedAt !== null || session.expiresAt <= now) return null
  const member = await read.members.get(scope, memberId)
  return member?.state === 'active' && !member.passwordIsTemporary ? session : null
}

type Told = Omit<Extract<PushPayload, { kind: 'message' }>, 'kind' | 'session' | 'badge' | 'read'>

async function toldOf(
  read: ComposeRead,
  scope: OrgScope,
  push: PushRecord,
  now: number,
): Promise<Told | Composed> {
  const { memberId, topic: conversationId } = push
  const conversation = await read.conversations.get(scope, conversationId)
  const mark = await read.conversations.mark(scope, conversationId, memberId)
  if (!mark || mark.kept || !conversation?.memberIds.includes(memberId)) return DROP
  const preference = await read.chatPreferences.get(scope, memberId, conversationId)
  const count = await unreadIn(read, scope, mark, preference, now)
  if (count === 0) return DROP
  const from = Math.max(mark.from, mark.seen + 1, (preference?.cleared?.number ?? 0) + 1)
  const page = await read.messages.page(scope, conversationId, { from, limit: LOOKED_THROUGH })
  const newest = page.findLast((message) => isTellable(message, memberId, now))
  if (!newest) return DROP
  const told = await read.pushes.lastTold(scope, push.sessionId, conversationId)
  if (told && told.number >= newest.number) return DROP
  const choices = (await read.notificationSettings.get(scope, memberId)) ?? usualChoices
  const mention = await isMentioned(read, scope, mark)
  if (isQuiet(choices.quietHours, now)) return DROP
  const passes = mention && choices.mentionsPassMute
  const settings = (await read.chatPreferences.settings(scope, memberId)) ?? USUAL_CHAT_SETTINGS
  const folded = await isFoldedAway(read, scope, mark, preference, settings)
  if (!passes && (isMuted(preference, now) || folded)) return DROP
  if (told && now - told.at < TOLD_APART) return { do: 'wait', until: told.at + TOLD_APART }
  const { pushContent } = await communicationOf(read.organisations, scope)
  const shows = choices.preview && pushContent === 'full'
  return {
    conversationId,
    messageId: newest.id,
    number: newest.number,
    count,
    mention,
    sentAt: newest.sentAt,
    shown: shows ? await shownOf(read, scope, newest, conversation.group?.name ?? null) : null,
  }
}

/** Whether an unread message names the member, or everybody. */
async function isMentioned(
  { messages }: ComposeRead,
  scope: OrgScope,
  { conversationId, memberId, seen }: MarkRecord,
): Promise<boolean> {
  for (const called of [memberId, null]) {
    const numbers = await messages.mentions(scope, conversationId, called, 1)
    if (numbers.some((number) => number > seen)) return true
  }
  return false
}

async function shownOf(
  { members }: ComposeRead,
  scope: OrgScope,
  { senderId, text, extras }: MessageRecord,
  group: string | null,
): Promise<Told['shown']> {
  const sender = await members.get(scope, senderId)
  const shown = { group, sender: sender?.name ?? '', text: shortened(plainOf(beginningOf(text))) }
  const files = text === '' ? (extras?.files ?? []) : []
  return files.length > 0 ? { ...shown, files: shownFiles(files) } : shown
}

/** As much of files as one line needs. */
const shownFiles = (files: readonly File[]) =>
  files.map(({ kind, name, duration }) => ({
    kind,
    name: files.length === 1 ? name : '',
    ...(duration !== undefined && { duration }),
  }))

/** Cut between letters, never through one. */
const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '')

const beginningOf = (text: string): string => (text.length <= READ ? text : cut(text, READ))

const shortened = (text: string): string =>
  text.length <= PUSH_TEXT_MAX ? text : `${cut(text, PUSH_TEXT_MAX - 1)}…`

/**
 * Chats of which this device may still show something, although it was read elsewhere, and up to which number that is so: what is told
 * of them meanwhile may arrive first.
 * @param now the one that is told of now
 */
async function readElsewhere(
  { pushes, conversations }: ComposeRead,
  scope: OrgScope,
  { id, memberId }: SessionRecord,
  now: string,
): Promise<Pick<PushPayload, 'read' | 'upTo'>> {
  const looked = new Set([now])
  const withdrawn: PushRecord[] = []
  for (const push of await pushes.listOf(scope, memberId, LEDGER_LOOKED_THROUGH)) {
    if (push.sessionId !== id || push.kind !== 'message' || looked.has(push.topic)) continue
    if (push.state === 'queued') continue
    looked.add(push.topic)
    if (push.state === 'withdrawn') withdrawn.push(push)
  }
  const told = withdrawn.slice(0, PUSH_READ_MAX)
  const upTo: number[] = []
  for (const { topic, number } of told) {
    const mark = await conversations.mark(scope, topic, memberId)
    upTo.push(mark ? Math.max(number, mark.seen) : Number.MAX_SAFE_INTEGER)
  }
  return { read: told.map(({ topic }) => topic), upTo }
}
