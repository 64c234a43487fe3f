import type { SignedInResult } from '@parley/contracts/sessions/session'
import type { Chance } from './chance.ts'
import { Device } from './device.ts'
import { Caller, join, signIn, signUp } from './installation.ts'
import { Ledger } from './ledger.ts'

/** One of the three people whose devices are watched. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly memberId: string
  readonly device: Device
  /** The admin has switched their access off. */
  away: boolean
  /** For good: deleted. */
  gone: boolean
  /** Under way to being signed in again. */
  returning: Promise<void> | null
  /** What they wrote on this device since it was last wiped, which is what it owes them. */
  written: { readonly conversationId: string; readonly id: string; readonly text: string }[]
  /** What was refused for good, and said so. */
  failed: string[]
}

/** An organisation with three people on faulty networks, and an admin who acts without a device. */
export interface Cast {
  readonly base: string
  readonly chance: Chance
  readonly organisationId: string
  readonly root: Caller
  readonly rootId: string
  readonly people: readonly Person[]
  readonly ledger: Ledger
  readonly moved: MovedIn
  /** The address of a page that previews are made of; null where there is none. */
  readonly page: string | null
}

/** Old chats that the admin has imported into a group that everybody was in at first. */
interface MovedIn {
  readonly groupId: string
  /** Those that were not taken back. */
  importIds: string[]
  /** Whether the organisation keeps messages as old as theirs. */
  keeps: boolean
}

const NAMES = ['Ana', 'Ben', 'Cleo'] as const

/** A new organisation. @param seed names it, and everybody in it, so that logs can be told apart */
export async function assemble(
  base: string,
  chance: Chance,
  seed: number,
  page: string | null,
): Promise<Cast> {
  const admin = await signUp(base, `History ${seed}`)
  const root = new Caller(base).as(admin)
  const { organisationId, memberId: rootId } = admin
  const office = { base, chance, organisationId, root, rootId, ledger: new Ledger(), page }
  const people: Person[] = []
  for (const name of NAMES) people.push(await newcomer(office, name, seed))
  return { ...office, people, moved: { groupId: await groupOf(root, people), importIds: [], keeps: true } }
}

/** A group of everybody, in which all are admins. */
async function groupOf(root: Caller, people: readonly Person[]): Promise<string> {
  const memberIds = people.map(({ memberId }) => memberId)
  const { id } = await root.call('createGroup', { body: { name: 'Everybody', memberIds } })
  for (const memberId of memberIds)
    await root.call('setGroupAdmin', { params: { conversationId: id, memberId }, body: { admin: true } })
  return id
}

/** The same organisation with all that it has become, on devices that are new and empty. Who was deleted is replaced. */
export async function renew(cast: Cast, chance: Chance, seed: number): Promise<Cast> {
  const people: Person[] = []
  for (const person of cast.people) {
    await person.device.close()
    people.push(
      person.gone
        ? await newcomer({ ...cast, chance }, person.name, seed)
        : await again(cast, person, chance),
    )
  }
  return { ...cast, chance, people }
}

async function newcomer(cast: Omit<Cast, 'people' | 'moved'>, name: string, seed: number): Promise<Person> {
  const email = `${name.toLowerCase()}${seed}@torture.example`
  const role = name === NAMES[0] ? 'admin' : 'member'
  const session = await join(cast.base, cast.root, { name, email, role })
  return onNewDevice(cast, { name, email, memberId: session.memberId }, session)
}

async function again(cast: Cast, { name, email, memberId, away }: Person, chance: Chance): Promise<Person> {
  if (away) await cast.root.call('reactivateMember', { params: { memberId } })
  const session = await signIn(cast.base, email, cast.organisationId)
  return onNewDevice({ ...cast, chance }, { name, email, memberId }, session)
}

async function onNewDevice(
  { base, chance }: Omit<Cast, 'people' | 'moved'>,
  who: Pick<Person, 'name' | 'email' | 'memberId'>,
  session: SignedInResult,
): Promise<Person> {
  const device = await Device.signedIn(base, chance.fork(), session)
  const person: Person = {
    ...who,
    device,
    away: false,
    gone: false,
    returning: null,
    written: [],
    failed: [],
  }
  device.whenWiped = () => {
    person.written = []
  }
  return person
}

/** Somebody whose session has ended comes back with their password. */
export async function comeBack(cast: Cast, person: Person): Promise<void> {
  await person.device.client.adoptSession(await signIn(cast.base, person.email, cast.organisationId))
}

export async function dismiss(cast: Cast): Promise<void> {
  for (const { device } of cast.people) await device.close()
}
