import { CallFailed } from '@parley/client/call-failed'
import { somePlainPhrase } from '@parley/client/testing/phrases'
import type { Cast, Person } from './cast.ts'
import { comeBack } from './cast.ts'
import { weighted } from './chance.ts'
import { arrangeChat, setTimer } from './chat-steps.ts'
import { changeGroup } from './group-steps.ts'
import { noFaults } from './faulty-network.ts'
import { PASSWORD, Refused } from './installation.ts'
import { treatMessage } from './message-steps.ts'
import { changeRules, moveIn } from './office-steps.ts'
import { pause } from './wait.ts'
import { write } from './write.ts'

/** How often each kind of step happens, by weight. */
const weights = {
  write: 30,
  see: 10,
  message: 34,
  arrange: 8,
  timer: 5,
  moveIn: 3,
  rules: 2.5,
  startChat: 5,
  startGroup: 3,
  group: 17,
  readHistory: 4,
  loseNetwork: 5,
  regainNetwork: 6,
  loseFrames: 4,
  cut: 4,
  restart: 4,
  crash: 3,
  profile: 5,
  department: 5,
  invite: 4,
  organisation: 2,
  role: 4,
  switchAccess: 3,
  endSessions: 1,
  newMember: 2,
  deleteMember: 2,
  remove: 0.4,
} as const

type StepName = keyof typeof weights

export interface StepOptions {
  readonly restartServer: (() => Promise<void>) | null
  /** Whether members may be deleted, after which nobody can write to them any more. */
  readonly mayDelete: boolean
}

/** One random step. @returns what was done, for whoever reads a failed history */
export async function step(cast: Cast, { restartServer, mayDelete }: StepOptions): Promise<string> {
  if (restartServer && cast.chance.happens(0.02)) {
    await restartServer()
    return 'restart of the server'
  }
  const name = weighted(cast.chance, weights)
  const person = cast.chance.pick(cast.people)
  if (!mayDelete && (name === 'deleteMember' || name === 'remove')) return `${name} (not here)`
  const done = await steps[name](cast, person).catch(refusedOrThrow)
  cast.ledger.noteEnds(person.device.client)
  return `${name} ${person.name} ${done}`
}

/** Refusals and lost calls are part of life; anything else is a fault of client or test. */
function refusedOrThrow(error: unknown): string {
  if (error instanceof CallFailed || error instanceof Refused) return `(refused: ${error.code})`
  throw error
}

type Step = (cast: Cast, person: Person) => Promise<string>

const steps: Record<StepName, Step> = {
  write: async (cast, person) => {
    const { chance, people, page } = cast
    const { client } = person.device
    const chats = client.chats()
    if (chats.length === 0) return '(no chat)'
    const { conversationId } = chance.pick(chats)
    for (let count = chance.happens(0.3) ? 4 : 1; count > 0; count -= 1) {
      const called = client.members().get(chance.pick(people).memberId)?.name ?? 'all'
      const begins = chance.pick(['', '', '', '', '@all ', `@${called} `, page === null ? '' : `${page} `])
      await write(cast, person, conversationId, { begins, carries: chance.happens(0.08) })
    }
    return conversationId
  },
  see: async ({ chance }, { device: { client } }) => {
    const chats = client.chats()
    if (chats.length === 0) return '(no chat)'
    const { conversationId } = chance.pick(chats)
    const last = client.conversation(conversationId)?.lastNumber ?? 0
    client.markSeen(conversationId, chance.below(last + 1))
    return conversationId
  },
  startChat: async ({ chance }, { device: { client } }) => {
    const others = [...client.members().keys()].filter((id) => id !== client.me()?.id)
    return others.length === 0 ? '(nobody known)' : client.startDirect(chance.pick(others))
  },
  startGroup: async ({ chance, people }, { device: { client } }) => {
    const memberIds = people.map(({ memberId }) => memberId).filter(() => chance.happens(0.7))
    return client.createGroup({ name: somePlainPhrase(chance.next), memberIds })
  },
  group: changeGroup,
  message: treatMessage,
  arrange: arrangeChat,
  timer: setTimer,
  moveIn,
  rules: changeRules,
  readHistory: async ({ chance }, { device: { client } }) => {
    const chats = client.chats()
    if (chats.length === 0) return '(no chat)'
    const { conversationId } = chance.pick(chats)
    await client.openConversation(conversationId)
    await client.loadOlder(conversationId)
    return conversationId
  },
  loseNetwork: async (_cast, { device }) => {
    device.network.down()
    return ''
  },
  regainNetwork: async (_cast, { device }) => {
    device.network.up()
    return ''
  },
  loseFrames: async ({ chance }, { device: { network } }) => {
    const faults = network.faults
    network.faults = { ...noFaults, drop: 1 }
    await pause(chance.below(60))
    network.faults = faults
    return ''
  },
  cut: async (_cast, { device }) => {
    device.network.cut()
    return ''
  },
  restart: async (_cast, { device }) => {
    await device.restart()
    return ''
  },
  crash: async (_cast, { device }) => {
    await device.crash()
    return ''
  },
  profile: async ({ chance }, { device: { client } }) => {
    const body = chance.happens(0.5)
      ? { statusText: `${somePlainPhrase(chance.next)} ${chance.below(1000)}` }
      : { name: `${somePlainPhrase(chance.next)} ${chance.below(1000)}` }
    await client.call('changeOwnProfile', { body })
    return Object.keys(body).join()
  },
  department: async (cast) => changeDepartment(cast),
  invite: async ({ root, chance }) => {
    const { invite } = await root.call('createInvite', { body: { role: 'member' } })
    const params = { inviteId: invite.id }
    if (chance.happens(0.3)) await root.call('revokeInvite', { params })
    else if (chance.happens(0.3)) await root.call('renewInvite', { params, body: {} })
    return invite.id
  },
  organisation: async ({ root, chance }) => {
    await root.call('changeOrganisation', {
      body: { name: `${somePlainPhrase(chance.next)} ${chance.below(1000)}` },
    })
    return ''
  },
  role: async ({ root, chance }, { memberId }) => {
    const role = chance.pick(['admin', 'manager', 'member'] as const)
    await root.call('changeMember', { params: { memberId }, body: { role } })
    return role
  },
  switchAccess: async (cast, person) => switchAccess(cast, person),
  endSessions: async ({ root }, { memberId }) => {
    await root.call('endMemberSessions', { params: { memberId } })
    return ''
  },
  newMember: async ({ root, chance }) => {
    const number = chance.below(1_000_000)
    const person = { name: `Extra ${number}`, email: `extra${number}@torture.example`, password: PASSWORD }
    const { id } = await root.call('createMember', { body: { ...person, role: 'member', departmentIds: [] } })
    return id
  },
  deleteMember: async (cast) => {
    const extras = (await membersAsRootSees(cast)).filter(
      ({ name, state }) => name.startsWith('Extra') && state !== 'deleted',
    )
    if (extras.length === 0) return '(nobody to delete)'
    const { id } = cast.chance.pick(extras)
    await cast.root.call('deleteMember', { params: { memberId: id } })
    return id
  },
  remove: async ({ root }, person) => {
    await root.call('deleteMember', { params: { memberId: person.memberId } })
    person.away = true
    person.gone = true
    return ''
  },
}

async function switchAccess(cast: Cast, person: Person): Promise<string> {
  const params = { memberId: person.memberId }
  if (person.gone) return '(gone)'
  if (!person.away) {
    await cast.root.call('deactivateMember', { params })
    person.away = true
    return 'off'
  }
  await cast.root.call('reactivateMember', { params })
  person.away = false
  await returnIfSignedOut(cast, person)
  return 'on'
}

/** Somebody whose session is over signs in again, unless they may not. */
export async function returnIfSignedOut(cast: Cast, person: Person): Promise<void> {
  const session = person.device.client.session()
  if (person.away || session.state !== 'signed-out') return
  await comeBack(cast, person)
}

async function membersAsRootSees({ root }: Cast): Promise<{ id: string; name: string; state: string }[]> {
  const { changes } = await root.call('load', {})
  return changes.flatMap((change) => (change.kind === 'member' && change.data ? [change.data] : []))
}

async function changeDepartment(cast: Cast): Promise<string> {
  const { root, chance, people } = cast
  const { changes } = await root.call('load', {})
  const ids = changes.flatMap((change) =>
    change.kind === 'department' && change.data ? [change.data.id] : [],
  )
  const deed = ids.length === 0 ? 'add' : chance.pick(['add', 'rename', 'remove', 'assign'] as const)
  const name = `${somePlainPhrase(chance.next)} ${chance.below(1_000_000)}`
  if (deed === 'add') await root.call('createDepartment', { body: { name } })
  if (deed === 'rename') {
    await root.call('renameDepartment', { params: { departmentId: chance.pick(ids) }, body: { name } })
  }
  if (deed === 'remove') await root.call('removeDepartment', { params: { departmentId: chance.pick(ids) } })
  if (deed === 'assign') {
    const { memberId } = chance.pick(people)
    await root.call('changeMember', { params: { memberId }, body: { departmentIds: [chance.pick(ids)] } })
  }
  return deed
}
