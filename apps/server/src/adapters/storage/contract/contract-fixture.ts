import { ofConversation } from '../../../kernel/audiences.ts'
import type { FeedEntry } from '../../../kernel/change-feed.ts'
import { newId } from '../../../kernel/ids.ts'
import { orgScope, type OrgScope } from '../../../kernel/org-scope.ts'
import type { ConversationRecord, MarkRecord } from '../../../domains/conversations/conversation.ts'
import type { MemberRecord } from '../../../domains/members/member.ts'
import type { MessageRecord } from '../../../domains/messages/message.ts'
import type { OrganisationRecord } from '../../../domains/organisations/organisation.ts'
import type { Storage, StorageTx } from './storage.ts'

/** One engine, opened on a place of its own. */
export interface OpenedStorage {
  readonly storage: Storage
  /** Closes and opens again on the same data (T5). Left out where nothing is kept. */
  readonly reopen?: () => Promise<Storage>
  readonly destroy: () => Promise<void>
}

/** The storage under test at this moment; another one after a reopen. */
export interface Stage {
  readonly storage: Storage
  readonly reopen: (() => Promise<Storage>) | undefined
}

export type Audience = FeedEntry['audience']
export type Change = Awaited<ReturnType<StorageTx['changes']['append']>>

export const AT = 1_750_000_000_000

export const anOrganisation = (id: string): OrganisationRecord => ({
  id,
  name: 'Aurora Travel',
  address: '1 Harbour Street',
  expectedUsers: 25,
  ownerName: 'Nadia Owner',
  contactNumber: '+351 900 000 142',
  createdAt: AT,
  communication: null,
})

export function aMember(given: Partial<MemberRecord> = {}): MemberRecord {
  const id = given.id ?? newId()
  return {
    id,
    name: 'Ana Lima',
    email: `${id}@example.org`,
    emailKey: `${id}@example.org`,
    role: 'member',
    departmentIds: [],
    statusText: '',
    passwordHash: '$argon2id$x',
    passwordIsTemporary: false,
    pictureVersion: null,
    privacy: null,
    state: 'active',
    createdAt: AT,
    ...given,
  }
}

/** Does something in a transaction and hands back its result alone. */
export async function write<T>(
  storage: Storage,
  scope: OrgScope,
  work: (tx: StorageTx) => Promise<T>,
): Promise<T> {
  return (await storage.transactions.run(scope, work)).result
}

/** A new organisation with nothing in it. */
export async function makeOrganisation(storage: Storage): Promise<OrgScope> {
  const scope = orgScope(newId())
  await write(storage, scope, (tx) => tx.organisations.insert(scope, anOrganisation(scope)))
  return scope
}

/** Adds a member. */
export async function makeMember(storage: Storage, scope: OrgScope, given: Partial<MemberRecord> = {}) {
  const member = aMember(given)
  await write(storage, scope, (tx) => tx.members.insert(scope, member))
  return member
}

/** Adds a direct conversation of two members. */
export async function makeConversation(
  storage: Storage,
  scope: OrgScope,
  memberIds: readonly string[],
  id: string = newId(),
): Promise<ConversationRecord> {
  const createdBy = memberIds[0] ?? ''
  const conversation: ConversationRecord = {
    id,
    kind: 'direct',
    memberIds,
    createdBy,
    createdAt: AT,
    group: null,
  }
  await write(storage, scope, (tx) => tx.conversations.insert(scope, conversation))
  return conversation
}

export interface Chat {
  readonly scope: OrgScope
  readonly ana: MemberRecord
  readonly ben: MemberRecord
  readonly conversation: ConversationRecord
}

/** A new organisation with two members and their conversation. */
export async function makeChat(storage: Storage): Promise<Chat> {
  const scope = await makeOrganisation(storage)
  const ana = await makeMember(storage, scope)
  const ben = await makeMember(storage, scope)
  return { scope, ana, ben, conversation: await makeConversation(storage, scope, [ana.id, ben.id]) }
}

/** What sending does to the store, as the use case does it: a seq, the message, the sender's mark. */
export async function sendIn(
  tx: StorageTx,
  scope: OrgScope,
  given: {
    conversationId: string
    senderId: string
    text?: string
    id?: string
    sentAt?: number
    expiresAt?: number
  },
) {
  const { conversationId, senderId, text = 'Hello', id = newId(), sentAt = AT, expiresAt } = given
  const target = { audience: ofConversation(conversationId), kind: 'message', id } as const
  return tx.changes.appendWith(scope, target, async (seq) => {
    const draft = {
      id,
      conversationId,
      senderId,
      text,
      notice: null,
      sentAt,
      seq,
      ...(expiresAt && { expiresAt }),
    }
    const { seq: taken, ...data } = await tx.messages.insert(scope, draft)
    if (taken !== seq) throw new Error('the message has another seq than its change')
    const mark = { conversationId, memberId: senderId, delivered: data.number, seen: data.number, at: AT }
    await tx.conversations.raiseMark(scope, mark)
    return data
  })
}

/** Sends one message in a transaction of its own; hands back the committed change. */
export async function send(
  storage: Storage,
  { scope, ana, conversation }: Chat,
  text = 'Hello',
  id: string = newId(),
) {
  const given = { conversationId: conversation.id, senderId: ana.id, text, id }
  return write(storage, scope, (tx) => sendIn(tx, scope, given))
}

/** Raises a mark as a change of its own. */
export async function raise(
  storage: Storage,
  scope: OrgScope,
  given: Pick<MarkRecord, 'conversationId' | 'memberId' | 'delivered' | 'seen'>,
) {
  const { conversationId, memberId } = given
  const target = {
    audience: ofConversation(conversationId),
    kind: 'mark',
    id: `${conversationId}:${memberId}`,
  } as const
  return write(storage, scope, (tx) =>
    tx.changes.appendWith(scope, target, async (seq) => {
      const { seq: _seq, ...data } = await tx.conversations.raiseMark(scope, { ...given, seq, at: AT })
      return data
    }),
  )
}

/** Takes down that a department has a name; the feed alone, without the department. */
export const noteDepartment = (
  tx: StorageTx,
  scope: OrgScope,
  audience: Audience,
  id: string,
  name = 'Sales',
) => tx.changes.append(scope, { audience, kind: 'department', id, data: { id, name } })

export const numbersOf = (messages: readonly MessageRecord[]): number[] =>
  messages.map(({ number }) => number)

export const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)
