import type { Role } from '@parley/contracts/kernel/permission'
import type { EntityName } from '@parley/contracts/kernel/fields'
import type { SignedInResult } from '@parley/contracts/sessions/session'
import { newId } from '../kernel/ids.ts'
import { succeed } from './call.ts'
import { SAMPLE_CHAT, uploadFile } from './sample-files.ts'

export const PASSWORD = 'lantern-quill-harbour-91'

export interface Person {
  readonly memberId: string
  readonly sessionId: string
  readonly email: string
  readonly token: string
  readonly refreshToken: string
}

/** One organisation with somebody of every role, a colleague without a part in their talk, and one of each thing. */
export interface World {
  readonly organisationId: string
  readonly people: Readonly<Record<Role, Person>>
  /** A member whom nobody needs any more. */
  readonly spare: Person
  /** Another member. */
  readonly other: Person
  /** One of each thing, all of them out of reach for whoever is not named: the talk and the group are of `spare` and `other`. */
  readonly ids: Readonly<Record<EntityName, string>>
  /** The talk that each role has with `spare`. */
  readonly talkOf: Readonly<Record<Role, string>>
  /** A message that each role has sent there. */
  readonly messageOf: Readonly<Record<Role, string>>
  /** The group that each role has made with `spare` and `other`. */
  readonly groupOf: Readonly<Record<Role, string>>
  readonly inviteToken: string
  /** A file of each role's own, which no message carries. */
  readonly fileOf: Readonly<Record<Role, string>>
  /** An import into the admin's group. */
  readonly importId: string
}

const ROLES = ['admin', 'manager', 'member'] as const

const personOf = (email: string, { memberId, sessionId, tokens }: SignedInResult): Person => ({
  memberId,
  sessionId,
  email,
  token: tokens?.accessToken ?? '',
  refreshToken: tokens?.refreshToken ?? '',
})

async function signUpAdmin(base: string, name: string, email: string): Promise<SignedInResult> {
  const organisation = {
    name,
    address: '1 Harbour Street',
    expectedUsers: 25,
    ownerName: 'Nadia Owner',
    contactNumber: '+351 900 000 142',
  }
  const admin = { name: 'Amina Admin', email, password: PASSWORD }
  return succeed(base, 'signUp', { body: { admin, organisation, transport: 'token' } }, null)
}

async function join(base: string, admin: Person, name: string, role: Role): Promise<Person> {
  const { token } = await succeed(base, 'createInvite', { body: { role } }, admin.token)
  const email = admin.email.replace('admin', name.toLowerCase())
  const body = { token, name, email, password: PASSWORD, transport: 'token' } as const
  return personOf(email, await succeed(base, 'acceptInvite', { body }, null))
}

/** @param domain of everybody's e-mail; the same in several worlds makes the same people members of several organisations */
export async function makeWorld(base: string, name: string, domain = 'wall.example'): Promise<World> {
  const email = `admin@${domain}`
  const signedUp = await signUpAdmin(base, name, email)
  const admin = personOf(email, signedUp)
  const manager = await join(base, admin, 'Manager', 'manager')
  const member = await join(base, admin, 'Member', 'member')
  const spare = await join(base, admin, 'Spare', 'member')
  const other = await join(base, admin, 'Other', 'member')
  const people = { admin, manager, member }
  const talk = async (from: Person, to: Person) =>
    (await succeed(base, 'startDirectConversation', { body: { memberId: to.memberId } }, from.token)).id
  const group = async (from: Person, others: readonly Person[]) => {
    const body = { name: 'Harbour', memberIds: others.map(({ memberId }) => memberId) }
    return (await succeed(base, 'createGroup', { body }, from.token)).id
  }
  const conversation = await talk(spare, other)
  const file = await uploadFile(base, spare.token)
  const message = await sendTo(base, conversation, spare, [file])
  const department = await succeed(base, 'createDepartment', { body: { name: 'Hidden' } }, admin.token)
  const invite = await succeed(base, 'createInvite', { body: {} }, admin.token)
  const talks = await Promise.all(ROLES.map(async (role) => [role, await talk(people[role], spare)] as const))
  const messages = await Promise.all(
    talks.map(async ([role, id]) => [role, await sendTo(base, id, people[role])] as const),
  )
  const groups = await Promise.all(
    ROLES.map(async (role) => [role, await group(people[role], [spare, other])] as const),
  )
  const filesOf = await Promise.all(
    ROLES.map(async (role) => [role, await uploadFile(base, people[role].token)] as const),
  )
  const hidden = await group(spare, [other])
  const groupOf = Object.fromEntries(groups) as Record<Role, string>
  const ids: Record<EntityName, string> = {
    organisation: signedUp.organisationId,
    member: other.memberId,
    department: department.id,
    session: other.sessionId,
    invite: invite.invite.id,
    conversation,
    group: hidden,
    message,
    file,
    import: await importInto(base, hidden, spare),
  }
  return {
    organisationId: signedUp.organisationId,
    people,
    spare,
    other,
    ids,
    talkOf: Object.fromEntries(talks) as Record<Role, string>,
    messageOf: Object.fromEntries(messages) as Record<Role, string>,
    groupOf,
    inviteToken: invite.token,
    fileOf: Object.fromEntries(filesOf) as Record<Role, string>,
    importId: await importInto(base, groupOf.admin, admin),
  }
}

async function sendTo(base: string, conversationId: string, from: Person, files?: string[]): Promise<string> {
  const id = newId()
  const sent = { params: { conversationId }, body: { id, text: 'A secret', ...(files && { files }) } }
  await succeed(base, 'sendMessageByRequest', sent, from.token)
  return id
}

/** Imports a chat, and waits until that is done. @returns the import's id */
async function importInto(base: string, conversationId: string, { token }: Person): Promise<string> {
  const params = { conversationId }
  const fileId = await uploadFile(base, token, { bytes: SAMPLE_CHAT })
  const body = {
    id: newId(),
    fileId,
    timeZone: 'Europe/Lisbon',
    dateOrder: 'year-first' as const,
    people: [],
  }
  await succeed(base, 'startImport', { params, body }, token)
  for (;;) {
    const { imports } = await succeed(base, 'listImports', { params }, token)
    if (imports.every(({ state }) => state === 'done')) return body.id
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** One more message in the talk that nobody else sees. @returns its id */
export const sendIn = (base: string, { ids, spare }: World) => sendTo(base, ids.conversation, spare)

/** Everything about an organisation that a call from outside could have changed. */
export async function fingerprint(base: string, { people, spare, ids }: World): Promise<string> {
  const { changes, heads, cursor } = await succeed(base, 'load', {}, people.admin.token)
  const query = { limit: 100 }
  const talk = { params: { conversationId: ids.conversation }, query }
  const { changes: messages } = await succeed(base, 'listMessages', talk, spare.token)
  const sessions = await Promise.all(
    [people.manager, people.member, spare].map(({ token }) => succeed(base, 'listSessions', {}, token)),
  )
  return JSON.stringify({ changes, heads, cursor, messages, sessions })
}
