import { reactionId } from '@parley/contracts/messages/reaction-id'
import { presentReaction } from '../messages/present-reaction.ts'
import type { OwnMessage } from '@parley/contracts/messages/own-message'
import { ownMessageId } from '@parley/contracts/messages/own-message-id'
import type { OwnMessageReader } from '../messages/own-message-store.ts'
import { presentOwnMessage } from '../messages/present-own-message.ts'
import type { ReactionReader } from '../messages/reaction-store.ts'
import { rulesOf } from '../communication/communication.ts'
import { presentCommunication } from '../communication/present-communication.ts'
import type { Conversation, Mark, Reach } from '@parley/contracts/conversations/conversation'
import type { Purge } from '@parley/contracts/conversations/purge'
import { markId } from '@parley/contracts/conversations/mark-id'
import type { ChatPreference, ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import type { Mentioned } from '@parley/contracts/messages/mentions'
import type { NotificationSettings } from '@parley/contracts/notifications/notification-settings'
import type { Change } from '@parley/contracts/sync/change'
import { idIn } from '../../kernel/audiences.ts'
import type { FeedEntry } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ChatPreferenceReader } from '../chat-preferences/chat-preference-store.ts'
import { presentChatPreference, presentChatSettings } from '../chat-preferences/present-chat-preference.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import {
  presentConversation,
  presentKeptPurge,
  presentMark,
  presentPurge,
  presentReach,
} from '../conversations/present-conversation.ts'
import type { DepartmentReader } from '../departments/department-store.ts'
import { keptConversation } from './kept-conversation.ts'
import type { InviteReader } from '../invites/invite-store.ts'
import { presentInvite } from '../invites/present-invite.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { MessageReader } from '../messages/message-store.ts'
import { mentionedIn } from '../messages/present-mentioned.ts'
import { presentMessage } from '../messages/present-message.ts'
import { presentAccount, presentMember, presentOwnProfile } from '../members/present-member.ts'
import type { NotificationSettingsReader } from '../notifications/notification-settings-store.ts'
import { presentSettings } from '../notifications/present-push.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { presentOrganisation, presentOrganisationDetails } from '../organisations/present-organisation.ts'

export interface HydrateRead {
  readonly organisations: OrganisationReader
  readonly departments: DepartmentReader
  readonly members: MemberReader
  readonly invites: InviteReader
  readonly conversations: ConversationReader
  readonly messages: MessageReader
  readonly reactions: ReactionReader
  readonly ownMessages: OwnMessageReader
  readonly chatPreferences: ChatPreferenceReader
  readonly notificationSettings: NotificationSettingsReader
}

/** Whole tables are read at once beyond this many entries of a kind. */
const ONE_BY_ONE_MAX = 50

/** Gives feed entries the present state of their entities; an entity that is not there any more reads as gone. */
export async function hydrateEntries(
  read: HydrateRead,
  scope: OrgScope,
  entries: readonly FeedEntry[],
): Promise<Change[]> {
  const members = await membersFor(read, scope, entries)
  const invites = await invitesFor(read, scope, entries)
  const conversations = await conversationsFor(read, scope, entries)
  const kept = await keptFor(read, scope, entries)
  const marks = await ownMarksFor(read, scope, entries)
  const reaches = await reachesFor(read, scope, entries)
  const messages = await messagesFor(read, scope, entries)
  const reactions = await reactionsFor(read, scope, entries)
  const notes = await notesFor(read, scope, entries)
  const preferences = await preferencesFor(read, scope, entries)
  const settings = await settingsFor(read, scope, entries)
  const mentioned = await mentionedFor(read, scope, entries)
  const choices = await choicesFor(read, scope, entries)
  const purges = await purgesFor(read, scope, entries)
  const departments = byId(await read.departments.list(scope))
  const organisation = await read.organisations.get(scope)
  const dataOf = ({ kind, id, gone, audience }: FeedEntry): Change['data'] => {
    if (kind === 'access') return { audience: id, state: gone ? 'lost' : 'gained' }
    if (gone) return null
    const member = members.get(id)
    const invite = invites.get(id)
    const conversation = conversations.get(id)
    const department = departments.get(id)
    switch (kind) {
      case 'organisation':
        return organisation && presentOrganisation(organisation)
      case 'organisation-details':
        return organisation && presentOrganisationDetails(organisation)
      case 'communication':
        return organisation && presentCommunication(rulesOf(organisation))
      case 'department':
        return department ? { id, name: department.name } : null
      case 'member':
        return member ? presentMember(member) : null
      case 'account':
        return member ? presentAccount(member) : null
      case 'own-profile':
        return member ? presentOwnProfile(scope, member) : null
      case 'invite':
        return invite ? presentInvite(invite) : null
      case 'conversation':
        if (idIn(audience, 'member') !== null) return kept.get(id) ?? null
        return conversation ? presentConversation(conversation) : null
      case 'mark':
        return marks.get(id) ?? null
      case 'reach':
        return reaches.get(id) ?? null
      case 'chat-preference':
        return preferences.get(id) ?? null
      case 'own-message':
        return notes.get(id) ?? null
      case 'chat-settings':
        return settings.get(id) ?? null
      case 'notification-settings':
        return choices.get(id) ?? null
      case 'purge':
        return purges.get(`${audience} ${id}`) ?? null
      case 'message':
        return messages.get(id) ?? null
      case 'reaction':
        return reactions.get(id) ?? null
      case 'mentioned':
        return mentioned.get(id) ?? null
    }
  }
  return entries.map((entry) => {
    const { seq, audience, kind, id } = entry
    return { seq, audience, prev: 0, kind, id, data: dataOf(entry) } as Change
  })
}

const MEMBER_KINDS = new Set(['member', 'account', 'own-profile'])

async function membersFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const ids = new Set(entries.filter(({ kind }) => MEMBER_KINDS.has(kind)).map(({ id }) => id))
  const found =
    ids.size > ONE_BY_ONE_MAX
      ? await read.members.list(scope)
      : await Promise.all([...ids].map((id) => read.members.get(scope, id)))
  return byId(found)
}

async function invitesFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const ids = entries.filter(({ kind, gone }) => kind === 'invite' && !gone).map(({ id }) => id)
  return byId(ids.length === 0 ? [] : await read.invites.getMany(scope, ids))
}

async function conversationsFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const ids = entries.filter(({ kind, gone }) => kind === 'conversation' && !gone).map(({ id }) => id)
  return byId(ids.length === 0 ? [] : await read.conversations.getMany(scope, ids))
}

/** What members keep of groups they are no longer in. */
async function keptFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const kept = new Map<string, Conversation>()
  for (const { kind, id, gone, audience } of entries) {
    const memberId = kind === 'conversation' && !gone ? idIn(audience, 'member') : null
    const conversation = memberId === null ? null : await keptConversation(read, scope, id, memberId)
    if (conversation) kept.set(id, conversation)
  }
  return kept
}

/** The ids of what of one kind is told to members, by member. */
function ownIds(entries: readonly FeedEntry[], wanted: FeedEntry['kind']): ReadonlyMap<string, string[]> {
  const idsOf = new Map<string, string[]>()
  for (const { kind, id, gone, audience } of entries) {
    const memberId = kind === wanted && !gone ? idIn(audience, 'member') : null
    if (memberId === null) continue
    const ids = idsOf.get(memberId)
    if (ids) ids.push(id)
    else idsOf.set(memberId, [id])
  }
  return idsOf
}

async function preferencesFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const preferences = new Map<string, ChatPreference>()
  for (const [memberId, ids] of ownIds(entries, 'chat-preference')) {
    for (const preference of await read.chatPreferences.of(scope, memberId, ids))
      preferences.set(preference.conversationId, presentChatPreference(preference))
  }
  return preferences
}

async function notesFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const notes = new Map<string, OwnMessage>()
  for (const [memberId, ids] of ownIds(entries, 'own-message')) {
    const messageIds = ids.map((id) => id.slice(id.indexOf(':') + 1))
    for (const note of await read.ownMessages.of(scope, memberId, messageIds))
      notes.set(ownMessageId(note.conversationId, note.messageId), presentOwnMessage(note))
  }
  return notes
}

async function settingsFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const settings = new Map<string, ChatSettings>()
  for (const memberId of ownIds(entries, 'chat-settings').keys()) {
    const found = await read.chatPreferences.settings(scope, memberId)
    if (found) settings.set(memberId, presentChatSettings(found))
  }
  return settings
}

/** Marks in groups, which their own members alone are told. */
async function ownMarksFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const marks = new Map<string, Mark>()
  for (const [memberId, markIds] of ownIds(entries, 'mark')) {
    const ids = markIds.map((id) => id.slice(0, id.indexOf(':')))
    for (const mark of await read.conversations.ownMarks(scope, memberId, ids))
      marks.set(markId(mark.conversationId, memberId), presentMark(mark))
  }
  return marks
}

/** What is gone of conversations, by their audience: who has left one hears of no more than they keep. */
async function purgesFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const purges = new Map<string, Purge>()
  for (const { kind, id, gone, audience } of entries) {
    if (kind !== 'purge' || gone) continue
    const memberId = idIn(audience, 'member')
    const mark = memberId === null ? null : await read.conversations.mark(scope, id, memberId)
    const ranges = await read.conversations.purged(scope, id)
    const purge = memberId === null ? presentPurge(id, ranges) : mark && presentKeptPurge(mark, ranges)
    if (purge) purges.set(`${audience} ${id}`, purge)
  }
  return purges
}

async function reachesFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const reaches = new Map<string, Reach>()
  for (const { kind, id } of entries) {
    if (kind === 'reach') reaches.set(id, presentReach(id, await read.conversations.reach(scope, id)))
  }
  return reaches
}

async function reactionsFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const ids = entries.filter(({ kind, gone }) => kind === 'reaction' && !gone).map(({ id }) => id)
  const messageIds = new Set(ids.map((id) => id.slice(0, id.indexOf(':'))))
  const found = messageIds.size === 0 ? [] : await read.reactions.to(scope, [...messageIds])
  return new Map(found.map((one) => [reactionId(one.messageId, one.memberId), presentReaction(one)]))
}

async function messagesFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const ids = entries.filter(({ kind, gone }) => kind === 'message' && !gone).map(({ id }) => id)
  return byId(ids.length === 0 ? [] : (await read.messages.getMany(scope, ids)).map(presentMessage))
}

/** Where members are mentioned, told to each, and where everybody is, told to the group. */
async function mentionedFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const found = new Map<string, Mentioned>()
  for (const { kind, id, gone, audience } of entries) {
    if (kind !== 'mentioned' || gone) continue
    const [conversationId = id] = id.split(':')
    const one = await mentionedIn(read, scope, conversationId, idIn(audience, 'member'))
    if (one) found.set(id, one)
  }
  return found
}

async function choicesFor(read: HydrateRead, scope: OrgScope, entries: readonly FeedEntry[]) {
  const found = new Map<string, NotificationSettings>()
  for (const { kind, id } of entries) {
    const choices = kind === 'notification-settings' ? await read.notificationSettings.get(scope, id) : null
    if (choices) found.set(id, presentSettings(id, choices))
  }
  return found
}

function byId<T extends { readonly id: string }>(records: readonly (T | null)[]): Map<string, T> {
  const map = new Map<string, T>()
  for (const record of records) if (record) map.set(record.id, record)
  return map
}
