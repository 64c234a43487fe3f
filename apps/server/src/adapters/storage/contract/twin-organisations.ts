import type { OwnMessageRecord } from '../../../domains/messages/own-message.ts'
import { newId } from '../../../kernel/ids.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { aPreference } from './chat-preferences.contract.ts'
import {
  AT,
  makeConversation,
  makeMember,
  makeOrganisation,
  noteDepartment,
  raise,
  sendIn,
  write,
  type Chat,
} from './contract-fixture.ts'
import { noteActivity } from './activity.contract.ts'
import { reviseIn } from './revisions.contract.ts'
import { aFile, aLink, newFileId } from './files.contract.ts'
import { aFingerprint, anImport } from './imports.contract.ts'
import { anInvite } from './invites.contract.ts'
import { aChoice, aPush, aTarget } from './pushes.contract.ts'
import { aSession } from './sessions.contract.ts'
import type { Storage } from './storage.ts'

/** The ids that both twins use, so that only the scope tells them apart. */
export interface TwinIds {
  readonly ana: string
  readonly ben: string
  readonly conversation: string
  readonly message: string
  readonly department: string
  readonly session: string
  readonly invite: string
  readonly push: string
  readonly file: string
  readonly import: string
}

export const twinIds = (): TwinIds => ({
  ana: newId(),
  ben: newId(),
  conversation: newId(),
  message: newId(),
  department: newId(),
  session: newId(),
  invite: newId(),
  push: newId(),
  file: newFileId(),
  import: newId(),
})

/** Fills a new organisation, giving everything the ids that are handed in. */
export async function makeTwin(storage: Storage, ids: TwinIds, name: string): Promise<Chat> {
  const scope = await makeOrganisation(storage)
  const ana = await makeMember(storage, scope, {
    id: ids.ana,
    name,
    role: 'admin',
    emailKey: `${ids.ana}@twin.org`,
  })
  const ben = await makeMember(storage, scope, { id: ids.ben, name })
  const conversation = await makeConversation(storage, scope, [ana.id, ben.id], ids.conversation)
  const chat = { scope, ana, ben, conversation }
  await write(storage, scope, async (tx) => {
    await tx.departments.insert(scope, { id: ids.department, name })
    await tx.sessions.insert(scope, aSession(ana.id, { id: ids.session, device: name, push: aTarget(name) }))
    await tx.sessions.putPasswordReset(scope, { memberId: ana.id, tokenHash: name, expiresAt: AT })
    await tx.invites.insert(scope, anInvite(ana.id, { id: ids.invite, tokenHash: name }))
    await tx.members.setPicture(scope, ana.id, 'v1', new TextEncoder().encode(name))
    await tx.members.setLastSeen(scope, new Map([[ana.id, name.length]]))
    await tx.conversations.setPicture(scope, conversation.id, 'v1', new TextEncoder().encode(name))
    await tx.messages.addMention(scope, conversation.id, ben.id, name.length)
    await tx.messages.addMention(scope, conversation.id, null, name.length)
    await noteDepartment(tx, scope, 'org', ids.department, name)
    await noteActivity(tx, scope, ids.department)
    const { push: id, session: sessionId, conversation: topic } = ids
    await tx.pushes.insert(scope, aPush(ana.id, { id, sessionId, topic, device: name }))
    await tx.pushes.insert(scope, aPush(ana.id, { sessionId, topic, device: name, state: 'accepted' }))
    await tx.pushes.setFollowed(scope, name.length)
    await tx.notificationSettings.put(scope, ana.id, { ...aChoice, sounds: name.length > 5 })
  })
  await write(storage, scope, async (tx) => {
    await tx.conversations.setDisappearing(scope, conversation.id, 86_400)
    const sent = { conversationId: conversation.id, senderId: ana.id, text: name, id: ids.message }
    await sendIn(tx, scope, { ...sent, expiresAt: AT + 1 })
  })
  await write(storage, scope, async (tx) => {
    const message = await tx.messages.get(scope, ids.message)
    if (message) await reviseIn(tx, scope, message, name)
    await tx.chatPreferences.put(
      scope,
      aPreference(ana.id, conversation.id, { archived: { number: name.length, quiet: 1 }, pinned: true }),
    )
    await tx.chatPreferences.putSettings(scope, { memberId: ana.id, archivedReturn: true })
  })
  await write(storage, scope, async (tx) => {
    const place = { messageId: ids.message, conversationId: conversation.id, number: 1 }
    await tx.ownMessages.put(scope, aNote(ids, { starredAt: name.length }))
    await tx.reactions.put(scope, { ...place, memberId: ben.id, emojis: [name], at: AT, seq: 1 })
  })
  await raise(storage, scope, { conversationId: conversation.id, memberId: ben.id, delivered: 1, seen: 1 })
  await write(storage, scope, async (tx) => {
    await tx.files.insert(scope, aFile({ id: ids.file, name, uploaderId: ana.id }))
    await tx.files.addUsedBytes(scope, name.length)
    await tx.files.link(scope, aLink({ fileId: ids.file, conversationId: conversation.id, senderId: name }))
    await tx.files.queueRemoval(scope, { fileId: ids.file, part: 'all' })
  })
  await write(storage, scope, async (tx) => {
    await tx.imports.insert(scope, anImport(conversation.id, ana.id, { id: ids.import, chatName: name }))
    const from = { conversationId: conversation.id, importId: ids.import, number: name.length }
    await tx.imports.takeDown(scope, [{ ...from, fingerprint: aFingerprint(1) }])
  })
  return chat
}

/** What Ben has noted of the message, of which everything that is not given is as usual. */
export const aNote = (ids: TwinIds, given: Partial<OwnMessageRecord> = {}): OwnMessageRecord => ({
  memberId: ids.ben,
  messageId: ids.message,
  conversationId: ids.conversation,
  number: 1,
  starredAt: AT,
  hidden: false,
  ...given,
})

/** What was said to a message, in words and without. */
const saidTo = async (read: Storage['read'], scope: OrgScope, ids: TwinIds) => ({
  edits: await read.messages.edits(scope, ids.message),
  reactions: await read.reactions.to(scope, [ids.message]),
  reaction: await read.reactions.get(scope, ids.message, ids.ben),
  notes: await read.ownMessages.of(scope, ids.ben, [ids.message]),
  notesOn: await read.ownMessages.on(scope, [ids.message]),
  notesIn: await read.ownMessages.inConversation(scope, ids.ben, ids.conversation),
  repliesTo: await read.messages.repliesTo(scope, ids.message),
})

/** Everything that can be read of an organisation through the ids. */
export async function everythingOf({ read }: Storage, scope: OrgScope, ids: TwinIds) {
  const audiences = ['org', `conversation:${ids.conversation}`] as const
  const bytes = await read.members.picture(scope, ids.ana, 'v1')
  const groupBytes = await read.conversations.picture(scope, ids.conversation, 'v1')
  return {
    ...(await saidTo(read, scope, ids)),
    organisation: await read.organisations.get(scope),
    department: await read.departments.get(scope, ids.department),
    departments: await read.departments.list(scope),
    member: await read.members.get(scope, ids.ana),
    members: await read.members.list(scope),
    byEmail: await read.members.findByEmail(scope, `${ids.ana}@twin.org`),
    admins: await read.members.countActiveAdmins(scope),
    lastSeen: await read.members.lastSeen(scope, [ids.ana, ids.ben]),
    picture: bytes && new TextDecoder().decode(bytes),
    session: await read.sessions.get(scope, ids.session),
    sessions: await read.sessions.listOf(scope, ids.ana),
    reset: await read.sessions.passwordReset(scope, ids.ana),
    invite: await read.invites.get(scope, ids.invite),
    invites: await read.invites.getMany(scope, [ids.invite]),
    conversation: await read.conversations.get(scope, ids.conversation),
    conversations: await read.conversations.getMany(scope, [ids.conversation]),
    direct: await read.conversations.findDirect(scope, ids.ana, ids.ben),
    idsOf: await read.conversations.idsOf(scope, ids.ana),
    readableBy: await read.conversations.readableBy(scope, ids.ben),
    mark: await read.conversations.mark(scope, ids.conversation, ids.ben),
    marks: await read.conversations.marksOf(scope, [ids.conversation]),
    marksSince: await read.conversations.marksSince(scope, [ids.conversation], 0, 10),
    ownMarks: await read.conversations.ownMarks(scope, ids.ben, [ids.conversation]),
    participants: await read.conversations.participants(scope, ids.conversation),
    groupPicture: groupBytes && new TextDecoder().decode(groupBytes),
    mentions: await read.messages.mentions(scope, ids.conversation, ids.ben, 10),
    mentionsOfAll: await read.messages.mentions(scope, ids.conversation, null, 10),
    quiet: await read.conversations.quietUpTo(scope, ids.conversation, 1),
    reach: await read.conversations.reach(scope, ids.conversation),
    newestJoin: await read.conversations.newestJoin(scope, ids.conversation),
    lastNumber: await read.conversations.lastNumber(scope, ids.conversation),
    purged: await read.conversations.purged(scope, ids.conversation),
    formerParticipants: await read.conversations.formerParticipants(scope, ids.conversation),
    conversationIds: await read.conversations.idsAfter(scope, null, 10),
    seenByAllFrom: await read.conversations.seenByAllFrom(scope, ids.conversation),
    message: await read.messages.get(scope, ids.message),
    messages: await read.messages.getMany(scope, [ids.message]),
    page: await read.messages.page(scope, ids.conversation, { limit: 10 }),
    pageFrom: await read.messages.pageFrom(scope, ids.conversation, { from: 1, until: 9, limit: 10 }),
    newest: await read.messages.newestOf(scope, [ids.conversation]),
    since: await read.messages.since(scope, [ids.conversation], 0, 10),
    file: await read.files.get(scope, ids.file),
    sealedUnder: await read.files.sealedUnder(scope, 'a1', 10),
    otherKeyId: await read.files.otherKeyId(scope, []),
    expired: await read.files.expired(scope, AT * 2, 10),
    unsent: await read.files.countUnsent(scope, ids.ana, 10),
    usedBytes: await read.files.usedBytes(scope),
    linksOf: await read.files.linksOf(scope, ids.file, 0, 10),
    linksOfMessage: await read.files.linksOfMessage(scope, ids.conversation, 1),
    sentBefore: await read.files.sentBefore(scope, ids.conversation, AT * 2, 10),
    listed: await read.files.listed(scope, ids.conversation, 'documents', { from: 1, before: 9, limit: 10 }),
    removals: await read.files.removals(scope, 10),
    beingRemoved: await read.files.isBeingRemoved(scope, ids.file),
    activity: await read.activity.page(scope, 0, 10),
    newestActivity: await read.activity.newest(scope),
    pushed: await read.sessions.withPush(scope),
    pushedOf: await read.sessions.withPush(scope, ids.ana),
    followed: await read.pushes.followed(scope),
    due: await read.pushes.due(scope, AT, 10),
    nextDue: await read.pushes.nextDue(scope),
    lastTold: await read.pushes.lastTold(scope, ids.session, ids.conversation),
    ledger: await read.pushes.listOf(scope, ids.ana, 10),
    choices: await read.notificationSettings.get(scope, ids.ana),
    ...(await chatsOf(read, scope, ids)),
    ...(await everythingAfter(read, scope)),
    ...(await importsOf(read, scope, ids)),
    head: await read.changes.head(scope),
    floor: await read.changes.floor(scope),
    heads: await read.changes.heads(scope, audiences),
    entries: await read.changes.entriesSince(scope, audiences, 0, 10),
    entriesOf: await read.changes.entriesOf(scope, audiences, ['department', 'message']),
  }
}

/** What is wanted of chats, and what of them disappears. */
const chatsOf = async (read: Storage['read'], scope: OrgScope, ids: TwinIds) => ({
  disappeared: await read.messages.expired(scope, AT * 2, 10),
  ending: await read.messages.countExpired(scope, ids.conversation, 0, AT * 2),
  preference: await read.chatPreferences.get(scope, ids.ana, ids.conversation),
  preferences: await read.chatPreferences.of(scope, ids.ana, [ids.conversation]),
  pinned: await read.chatPreferences.countPinned(scope, ids.ana),
  settings: await read.chatPreferences.settings(scope, ids.ana),
})

const importsOf = async (read: Storage['read'], scope: OrgScope, ids: TwinIds) => ({
  import: await read.imports.get(scope, ids.import),
  imports: await read.imports.ofConversation(scope, ids.conversation, 10),
  importIds: await read.imports.idsAfter(scope, null, 10),
  unfinishedImports: await read.imports.unfinished(scope, 10),
  knownImported: [...(await read.imports.known(scope, ids.conversation, [aFingerprint(1)]))],
  importedNumbers: await read.imports.numbersOf(scope, ids.import, 1, 10),
})

/** What the search index follows. */
const everythingAfter = async (read: Storage['read'], scope: OrgScope) => ({
  sentAfter: await read.messages.sentAfter(scope, 0, 10),
  revisedAfter: await read.messages.revisedAfter(scope, 0, 10),
  purgesAfter: await read.changes.purgesAfter(scope, 0, 10),
})
