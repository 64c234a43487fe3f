import path from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import {
  aMember,
  AT,
  makeOrganisation,
  noteDepartment,
  sendIn,
  type Audience,
} from '../contract/contract-fixture.ts'
import { aSession } from '../contract/sessions.contract.ts'
import type { StorageReader, StorageTx } from '../contract/storage.ts'
import { openReader } from './open-database.ts'
import { opened, temporaryFolder } from './sqlite-fixture.ts'
import { storageReader } from './storage-reader.ts'

/** The same tables without any cache: what the file says. */
const uncached = (file: string): StorageReader =>
  storageReader({ db: openReader(file), caches: () => undefined })

/** Ids that were tried, also by works that were undone. */
interface World {
  readonly scope: OrgScope
  readonly members: string[]
  readonly conversations: string[]
  readonly sessions: string[]
  readonly departments: string[]
  readonly random: (below: number) => number
}

const pick = <T>(world: World, list: readonly T[]): T | undefined => list[world.random(list.length)]

type Step = (tx: StorageTx, world: World) => Promise<unknown>

const STEPS: readonly Step[] = [
  (tx, { scope, members }) => {
    const member = aMember()
    members.push(member.id)
    return tx.members.insert(scope, member)
  },
  (tx, world) => tx.members.update(world.scope, pick(world, world.members) ?? '', { name: newId() }),
  (tx, { scope, departments }) => {
    const id = newId()
    departments.push(id)
    return tx.departments.insert(scope, { id, name: id })
  },
  (tx, world) => tx.departments.rename(world.scope, pick(world, world.departments) ?? '', newId()),
  (tx, { scope }) => tx.organisations.update(scope, { name: newId() }),
  (tx, world) => {
    const id = newId()
    world.conversations.push(id)
    const memberIds = [pick(world, world.members) ?? '', pick(world, world.members) ?? '']
    const conversation = {
      id,
      kind: 'direct',
      memberIds: [...new Set(memberIds)],
      createdBy: '',
      createdAt: AT,
      group: null,
    } as const
    return tx.conversations.insert(world.scope, conversation)
  },
  async (tx, world) => {
    const conversationId = pick(world, world.conversations) ?? ''
    const participants = await tx.conversations.get(world.scope, conversationId)
    const senderId = pick(world, participants?.memberIds ?? []) ?? ''
    return sendIn(tx, world.scope, { conversationId, senderId, text: 'x'.repeat(world.random(700)) })
  },
  async (tx, world) => {
    const conversationId = pick(world, world.conversations) ?? ''
    const memberId = (await tx.conversations.get(world.scope, conversationId))?.memberIds[0] ?? ''
    const target = { audience: `conversation:${conversationId}`, kind: 'mark', id: memberId } as const
    const raised = { conversationId, memberId, delivered: world.random(20), seen: world.random(20) }
    return tx.changes.appendWith(world.scope, target, async (seq) => {
      await tx.conversations.raiseMark(world.scope, { ...raised, seq, at: AT })
      return { ...raised, quiet: 0 }
    })
  },
  async (tx, world) => {
    const id = newId()
    world.sessions.push(id)
    await tx.sessions.insert(
      world.scope,
      aSession(pick(world, world.members) ?? '', { id, expiresAt: world.random(9) }),
    )
  },
  (tx, world) =>
    tx.sessions.update(world.scope, pick(world, world.sessions) ?? '', { endedAt: world.random(9) }),
  (tx, world) => tx.sessions.removeEndedBefore(world.scope, world.random(3)),
  (tx, world) => noteDepartment(tx, world.scope, 'org', pick(world, world.departments) ?? newId()),
  async (tx, { scope, random }) =>
    tx.changes.forgetBefore(scope, (await tx.changes.head(scope)) - random(30)),
]

async function lookAround(read: StorageReader, { scope, members, conversations, sessions }: World) {
  const audiences: Audience[] = ['org', ...conversations.map((id) => `conversation:${id}` as const)]
  return {
    organisation: await read.organisations.get(scope),
    departments: await read.departments.list(scope),
    list: await read.members.list(scope),
    members: await Promise.all(members.map((id) => read.members.get(scope, id))),
    idsOf: await Promise.all(
      members.map(async (id) => [...(await read.conversations.idsOf(scope, id))].sort()),
    ),
    sessions: await Promise.all(sessions.map((id) => read.sessions.get(scope, id))),
    conversations: await read.conversations.getMany(scope, conversations),
    marks: await read.conversations.marksOf(scope, conversations),
    marksSince: await read.conversations.marksSince(scope, conversations, 20, 15),
    newest: await read.messages.newestOf(scope, conversations),
    since: await read.messages.since(scope, conversations, 10, 25),
    head: await read.changes.head(scope),
    floor: await read.changes.floor(scope),
    heads: await read.changes.heads(scope, audiences),
    entries: await read.changes.entriesSince(scope, audiences, 0, 1_000),
  }
}

/** Numbers that a seed decides (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below)
  }
}

test.each([1, 2, 3, 4])(
  'What is remembered equals what the file says, whatever fails (seed %i)',
  async (seed) => {
    const file = path.join(temporaryFolder(), 'parley.db')
    const storage = opened({ file })
    const random = seeded(seed)
    const scope = await makeOrganisation(storage)
    const world: World = { scope, random, members: [], conversations: [], sessions: [], departments: [] }
    const truth = uncached(file)
    const work = async (tx: StorageTx) => {
      for (let count = 1 + random(4); count > 0; count -= 1) {
        // Half of the refusals are swallowed, as a use case might.
        const step = pick(world, STEPS)?.(tx, world)
        await (random(2) === 0 ? step : step?.catch(() => undefined))
      }
      if (random(5) === 0) throw new Error('undone')
    }
    for (let round = 0; round < 25; round += 1) {
      await Promise.allSettled(
        Array.from({ length: 1 + random(12) }, () => storage.transactions.run(scope, work)),
      )
      expect(await lookAround(storage.read, world)).toEqual(await lookAround(truth, world))
    }
    expect(await storage.read.changes.head(scope)).toBeGreaterThan(10)
  },
)
