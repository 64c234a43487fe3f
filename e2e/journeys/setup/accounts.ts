import { randomBytes } from 'node:crypto'
import type { Role } from '@parley/contracts/kernel/permission'
import type { SignedInResult } from '@parley/contracts/sessions/session'
import { callRoute } from './call-route.ts'

export const PASSWORD = 'harbour lantern quill 42'

/** Somebody who exists on a server, with an API session of their own beside those of their browsers. */
export interface Account {
  readonly base: string
  readonly organisation: string
  readonly organisationId: string
  readonly memberId: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly token: string
}

let made = 0
/** Unique on the machine, so that a server may serve many tests. */
export const unique = (word: string) => `${word}-${process.pid}-${(made += 1)}`
export const uniqueEmail = (word: string) => `${unique(word.toLowerCase())}@parley.example`

interface GivenAdmin {
  readonly name?: string
  readonly email?: string
  readonly password?: string
  readonly organisation?: string
}

/** Signs an organisation up. @returns its admin */
export async function createOrganisation(base: string, given: GivenAdmin = {}): Promise<Account> {
  const { name = 'Amina', password = PASSWORD, organisation = unique('Quillhaven') } = given
  const email = given.email ?? uniqueEmail(name)
  const answer = await callRoute(base, 'signUp', {
    body: {
      admin: { name, email, password },
      organisation: {
        name: organisation,
        address: '14 Mill Lane, second floor\nQuillhaven',
        expectedUsers: 12,
        ownerName: 'Ingrid',
        contactNumber: '+351 900 000 142',
      },
      transport: 'token',
    },
  })
  return account(base, organisation, { name, email, password }, answer)
}

/** Adds somebody to an admin's organisation by way of an invitation. */
export async function addMember(admin: Account, name: string, role: Role = 'member'): Promise<Account> {
  const { base, organisation } = admin
  const { token } = await callRoute(base, 'createInvite', { body: { role } }, admin.token)
  const given = { name, email: uniqueEmail('person'), password: PASSWORD }
  const answer = await callRoute(base, 'acceptInvite', { body: { ...given, token, transport: 'token' } })
  return account(base, organisation, given, answer)
}

/** @returns the conversation's id */
export async function startChat(from: Account, to: Account): Promise<string> {
  const { id } = await callRoute(
    from.base,
    'startDirectConversation',
    { body: { memberId: to.memberId } },
    from.token,
  )
  return id
}

export async function write(from: Account, conversationId: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    const body = { id: newMessageId(), text }
    await callRoute(from.base, 'sendMessageByRequest', { params: { conversationId }, body }, from.token)
  }
}

type Person = Pick<Account, 'name' | 'email' | 'password'>

function account(base: string, organisation: string, person: Person, answer: SignedInResult): Account {
  const { organisationId, memberId, tokens } = answer
  if (!tokens) throw new Error('The server gave no tokens to a program that asked for them.')
  return { base, organisation, organisationId, memberId, ...person, token: tokens.accessToken }
}

/** A UUIDv7. */
export function newMessageId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const chance = randomBytes(10)
  chance[0] = (chance[0]! & 0x0f) | 0x70
  chance[2] = (chance[2]! & 0x3f) | 0x80
  const hex = time + chance.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
