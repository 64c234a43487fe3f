import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import type { ChatPatch } from '@parley/contracts/chat-preferences/chat-preference'
import type { Change } from '@parley/contracts/sync/change'
import { expect, test } from 'vitest'
import type { MessageView } from '../client-api.ts'
import { type Device, device, liveDevice } from '../testing/device.ts'
import { purgeExpired, setDisappearing } from '../testing/fake-disappearing.ts'
import { purgeHistory } from '../testing/fake-purge.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { attachPreview, deleteMessage, editMessage, pinMessage, reactTo } from '../testing/fake-messages.ts'
import { noteMessage } from '../testing/fake-own-messages.ts'
import { somePhrase, somePlainPhrase } from '../testing/phrases.ts'
import { oneOf, seeded, upTo } from '../testing/seeded.ts'
import { TestClock } from '../testing/test-clock.ts'

const HISTORIES = 150
const STEPS = 60
/** Within so long a client has looked for what was lost, and fetched it. */
const LOOKS = 20 * 60_000

interface World {
  readonly random: () => number
  readonly server: FakeServer
  readonly clock: TestClock
  readonly members: readonly string[]
  readonly devices: Device[]
  readonly conversations: string[]
  readonly groups: string[]
}

/** Frames are lost, doubled and kept back until the next one. */
function mistreat(random: () => number): Device['transport']['frames'] {
  let late: (readonly Change[])[] = []
  return (changes) => {
    const kept = late
    late = []
    const fate = random()
    if (fate < 0.08) return kept
    if (fate < 0.16) return [changes, changes, ...kept]
    if (fate < 0.24) {
      late = [changes]
      return kept
    }
    return fate < 0.3 ? [changes, ...kept] : [...kept, changes]
  }
}

async function newWorld(seed: number): Promise<World> {
  const random = seeded(seed)
  const server = new FakeServer()
  const clock = new TestClock()
  Object.defineProperty(server, 'now', { get: () => clock.now() })
  const members = ['Ana', 'Ben', 'Cleo'].map((name) => server.addMember(name))
  const conversations = [server.addConversation(members.slice(0, 2)), server.addConversation(members)]
  const groups = [server.addGroup(members), server.addGroup(members.slice(1), { newcomersSeeHistory: false })]
  const devices: Device[] = []
  for (const member of members) devices.push(await liveDevice(server, clock, member))
  return { random, server, clock, members, devices, conversations, groups }
}

/** Something happens: somebody writes, reads, renames, goes away, comes back, gains or loses access. */
async function step(world: World): Promise<void> {
  const { random, server, clock, members, devices, conversations, groups } = world
  const index = upTo(random, devices.length)
  const { client, transport, store } = devices[index] as Device
  const memberId = members[index] as string
  if (random() < 0.2) return groupStep(world)
  if (random() < 0.15) return messageStep(world)
  if (random() < 0.12) return preferenceStep(world, client, memberId)
  if (random() < 0.08) return disappearingStep(world)
  const conversationId = oneOf(random, random() < 0.5 ? conversations : groups)
  const fate = random()
  if (fate < 0.3) await client.send(conversationId, somePhrase(random))
  else if (fate < 0.45) server.say(oneOf(random, members), conversationId, somePhrase(random))
  else if (fate < 0.52) client.markSeen(conversationId, upTo(random, 30))
  else if (fate < 0.55) server.rename(oneOf(random, members), somePlainPhrase(random))
  else if (fate < 0.56) purgeHistory(server, conversationId, upTo(random, 30))
  else if (fate < 0.57) {
    const rules = { ...DEFAULT_COMMUNICATION, messageRetention: 1 + upTo(random, 90) }
    server.append('org', 'communication', server.organisationId, rules)
  } else if (fate < 0.62) conversations.push(server.addConversation([memberId, oneOf(random, members)]))
  else if (fate < 0.7)
    server.setAccess(memberId, oneOf(random, conversations), random() < 0.6 ? 'lost' : 'gained')
  else if (fate < 0.76) transport.goOffline()
  else if (fate < 0.86) transport.online = true
  else if (fate < 0.9) transport.dropConnection()
  else if (fate < 0.92) server.floor = upTo(random, 200)
  else if (fate < 0.94)
    transport.loseAnswers = new Set(random() < 0.5 ? ['messages.send', 'marks.raise'] : [])
  else if (fate < 0.97) await client.openConversation(conversationId)
  else {
    await client.stop()
    const again = device(server, clock, memberId, { store })
    again.transport.frames = transport.frames
    again.transport.online = transport.online
    devices[index] = again
    await again.client.start()
  }
  await clock.pass(oneOf(random, [0, 0, 5, 50, 300, 3_000]))
}

/** Somebody joins, goes, comes back or is made something else in a group; or it changes its name or who sees its past. */
async function groupStep({ random, server, clock, members, groups }: World): Promise<void> {
  const id = oneOf(random, groups)
  const inIt = server.discussions.get(id)?.memberIds ?? []
  if (inIt.length === 0) return
  const [by, whom] = [oneOf(random, inIt), oneOf(random, members)]
  const fate = random()
  if (fate < 0.35) server.addToGroup(by, id, whom)
  else if (fate < 0.7) server.removeFromGroup(by, id, whom, random() < 0.6)
  else if (fate < 0.8) server.changeGroup(by, id, { newcomersSeeHistory: random() < 0.5 })
  else if (fate < 0.86) server.changeGroup(by, id, { name: somePlainPhrase(random), adminIds: [whom] })
  else if (fate < 0.9) purgeHistory(server, id, upTo(random, 30))
  else if (groups.length < 4)
    groups.push(server.addGroup([by, whom], { newcomersSeeHistory: random() < 0.5 }))
  await clock.pass(oneOf(random, [0, 0, 5, 50, 300]))
}

/** Somebody changes what they have written, here or elsewhere. */
async function messageStep({
  random,
  server,
  clock,
  members,
  devices,
  conversations,
  groups,
}: World): Promise<void> {
  const { client } = devices[upTo(random, devices.length)] as Device
  const conversationId = oneOf(random, random() < 0.5 ? conversations : groups)
  const shown =
    client.conversation(conversationId)?.messages.filter(({ number, notice }) => number && !notice) ?? []
  const own = shown.filter(isOwn)
  const fate = random()
  const written = server.discussions.get(conversationId)?.messages.filter(({ message }) => !message.notice)
  const someMember = oneOf(random, members)
  if (fate < 0.2 && own.length > 0) await client.editMessage(oneOf(random, own), somePhrase(random))
  else if (fate < 0.3 && own.length > 0) await client.deleteMessage(oneOf(random, own))
  else if (fate < 0.34 && shown.length > 0) await client.starMessage(oneOf(random, shown), random() < 0.7)
  else if (fate < 0.36 && shown.length > 0) await client.hideMessage(oneOf(random, shown))
  else if (fate < 0.4 && shown.length > 0) await client.pinMessage(oneOf(random, shown), random() < 0.7)
  else if (fate < 0.5 && shown.length > 0) await client.react(oneOf(random, shown), oneOf(random, EMOJI))
  else if (written && written.length > 0) {
    const { message } = oneOf(random, written)
    if (fate < 0.6) attachPreview(server, message.id, somePlainPhrase(random))
    else if (fate < 0.75) editMessage(server, message.senderId, message.id, somePhrase(random))
    else if (fate < 0.82) deleteMessage(server, message.senderId, message.id)
    else if (fate < 0.9) pinMessage(server, someMember, message.id, random() < 0.8)
    else reactTo(server, someMember, message.id, random() < 0.3 ? [] : [oneOf(random, EMOJI)])
  }
  await clock.pass(oneOf(random, [0, 0, 5, 50, 300]))
}

const EMOJI = ['👍', '🙏🏽', '🎉']

const isOwn = ({ number, delivery }: MessageView) => number !== null && delivery !== 'received'

/** Somebody wants something of a chat, here or on another device: pins it, folds it away, clears it. */
async function preferenceStep(world: World, client: Device['client'], memberId: string): Promise<void> {
  const { random, server, clock, conversations, groups } = world
  const conversationId = oneOf(random, random() < 0.5 ? conversations : groups)
  const patch = oneOf<ChatPatch>(random, [
    { pinned: random() < 0.5 },
    { archived: random() < 0.5 ? null : upTo(random, 30) },
    { mutedUntil: random() < 0.5 ? null : server.now + upTo(random, 100_000) },
    { markedUnread: random() < 0.5 },
    { clearedUpTo: upTo(random, 40) },
  ])
  const fate = random()
  if (fate < 0.45) {
    const { archived, ...rest } = patch
    const folded = archived === undefined ? {} : { archived: archived !== null }
    await client.changeChat(conversationId, { ...rest, ...folded }).catch(() => {})
  } else if (fate < 0.55) await client.clearChat(conversationId)
  else if (fate < 0.6) await client.changeChatSettings({ archivedReturn: random() < 0.5 })
  else server.preferences.change(memberId, conversationId, patch)
  await clock.pass(oneOf(random, [0, 5, 300]))
}

/** A chat is set to let messages disappear, or not any more; what has ended is deleted. */
async function disappearingStep({ random, server, clock, conversations, groups }: World): Promise<void> {
  const conversationId = oneOf(random, random() < 0.5 ? conversations : groups)
  const memberIds = server.discussions.get(conversationId)?.memberIds ?? []
  const after = oneOf(random, [null, 1, 20, 300])
  if (random() < 0.4) purgeExpired(server)
  else if (memberIds.length > 0) setDisappearing(server, oneOf(random, memberIds), conversationId, after)
  await clock.pass(oneOf(random, [0, 5, 300, 30_000]))
}

/**
 * What has to find the last changes that were lost, of which nothing comes after:
 * - `reconnect` a new connection catches up (Y3)
 * - `touch` one more change in every audience shows the hole by `prev` (Y2)
 * - `look` nothing: the client's own look for what was lost
 */
const endings = ['reconnect', 'touch', 'look'] as const

/** The faults end with changes of every kind, most of which are lost on the way to most devices. @returns how */
async function settle(world: World): Promise<string> {
  const { random, devices, clock, server } = world
  const ending = oneOf(random, endings)
  server.floor = 0
  for (const { transport } of devices) {
    transport.loseAnswers.clear()
    transport.online = true
  }
  await clock.pass(120_000)
  for (const { transport } of devices) transport.frames = (changes) => (random() < 0.7 ? [] : [changes])
  lastChanges(world)
  await clock.pass(oneOf(random, [0, 500, 5_000]))
  for (const { transport } of devices) {
    transport.frames = (changes) => [changes]
    if (ending === 'reconnect') transport.dropConnection()
  }
  purgeExpired(server)
  if (ending === 'touch') lastChanges(world)
  await clock.pass(ending === 'look' ? LOOKS : 120_000)
  return ending
}

function lastChanges({ random, server, members, conversations, groups }: World): void {
  for (const member of members) {
    server.rename(member, `Last ${somePlainPhrase(random)}`)
    for (const conversationId of [...conversations, ...groups]) {
      const written = server.discussions.get(conversationId)?.messages ?? []
      const { id = '', senderId = '' } = written[upTo(random, written.length)]?.message ?? {}
      if (random() < 0.2) deleteMessage(server, senderId, id)
      else editMessage(server, senderId, id, `Last ${somePhrase(random)}`)
      reactTo(server, member, id, [oneOf(random, EMOJI)])
      noteMessage(server, member, id, { starred: random() < 0.8, hidden: random() < 0.2 })
      server.say(member, conversationId, somePhrase(random))
    }
    server.addConversation([member])
    for (const id of conversations) server.preferences.change(member, id, { clearedUpTo: upTo(random, 60) })
  }
}

/** A message nobody could send any more stays on its device; everything else has left. */
async function expectConverged({ devices, server, clock, members }: World): Promise<void> {
  for (const [index, { client }] of devices.entries()) {
    expect(client.connection()).toBe('live')
    expect(client.waiting()).toBe(0)
    const fresh = await liveDevice(server, clock, members[index] as string)
    await clock.pass(1_000)
    await client.backfill()
    await fresh.client.backfill()
    await clock.pass(100)
    expect(await client.dump()).toEqual(await fresh.client.dump())
    await fresh.client.stop()
  }
}

test.each(Array.from({ length: HISTORIES / 25 }, (_, index) => index * 25))(
  'Y5: after any history local state equals a fresh load (seeds from %i)',
  async (first) => {
    for (let seed = first; seed < first + 25; seed++) {
      const world = await newWorld(seed)
      for (const { transport } of world.devices) transport.frames = mistreat(world.random)
      for (let count = 0; count < STEPS; count++) await step(world)
      const ending = await settle(world)
      await expectConverged(world).catch((error: unknown) => {
        throw new Error(`seed ${seed}, ends by ${ending}`, { cause: error })
      })
    }
  },
  60_000,
)
