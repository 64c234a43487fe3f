import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import type { ChoicesRecord } from '../../../domains/notifications/notification-settings.ts'
import type { PushRecord } from '../../../domains/notifications/push.ts'
import {
  AT,
  makeChat,
  makeMember,
  makeOrganisation,
  oneTo,
  send,
  write,
  type Stage,
} from './contract-fixture.ts'
import { aSession } from './sessions.contract.ts'

export const aChoice: ChoicesRecord = {
  sounds: true,
  preview: true,
  mentionsPassMute: true,
  quietHours: null,
}

export const aTarget = (name = 'one') => ({
  endpoint: `https://push.example.org/${name}`,
  p256dh: 'B'.padEnd(87, 'x'),
  auth: 'a'.repeat(22),
})

export const aPush = (memberId: string, given: Partial<PushRecord> = {}): PushRecord => ({
  id: newId(),
  memberId,
  sessionId: newId(),
  kind: 'message',
  topic: newId(),
  device: 'Chrome on Android',
  service: 'push.example.org',
  number: 0,
  state: 'queued',
  reason: null,
  status: null,
  attempts: 0,
  queuedAt: AT,
  at: AT,
  expiresAt: AT + 60_000,
  ...given,
})

/** Two members, and what is asked of their pushes. */
async function makePeople({ storage }: Stage) {
  const scope = await makeOrganisation(storage)
  const [ana, ben] = [await makeMember(storage, scope), await makeMember(storage, scope)]
  const put = async (...pushes: PushRecord[]) =>
    write(storage, scope, async (tx) => {
      for (const push of pushes) await tx.pushes.insert(scope, push)
    })
  const { pushes } = storage.read
  const listed = async (memberId: string) => pushes.listOf(scope, memberId, 100)
  return { scope, ana: ana.id, ben: ben.id, put, pushes, listed }
}

/** The queue of pushes, which is the delivery ledger too, and how people want to be told. */
export function pushesContract(stage: Stage): void {
  const people = () => makePeople(stage)
  ledgerContract(stage)

  test('A push is kept field by field, and changed only in the fields given', async () => {
    const { scope, ana, put, listed } = await people()
    const push = aPush(ana)
    await put(push)
    expect(await listed(ana)).toEqual([push])
    const patch = {
      state: 'failed',
      reason: 'gone',
      status: 410,
      attempts: 2,
      number: 7,
      at: AT + 9,
    } as const
    await write(stage.storage, scope, (tx) => tx.pushes.update(scope, push.id, patch))
    expect(await listed(ana)).toEqual([{ ...push, ...patch }])
    await write(stage.storage, scope, async (tx) => {
      await tx.pushes.update(scope, newId(), { at: 1 })
      await tx.pushes.remove(scope, push.id)
    })
    expect(await listed(ana)).toEqual([])
  })

  test('Of one device and topic one push is queued at most', async () => {
    const { scope, ana, listed } = await people()
    const first = aPush(ana)
    const { sessionId, topic } = first
    const insert = (push: PushRecord) => write(stage.storage, scope, (tx) => tx.pushes.insert(scope, push))
    expect(await insert(first)).toBe(true)
    expect(await insert(aPush(ana, { sessionId, topic }))).toBe(false)
    expect(await insert(aPush(ana, { sessionId }))).toBe(true)
    expect(await insert(aPush(ana, { topic }))).toBe(true)
    await write(stage.storage, scope, (tx) => tx.pushes.update(scope, first.id, { state: 'accepted' }))
    expect(await insert(aPush(ana, { sessionId, topic }))).toBe(true)
    const afterItsEnd = await write(stage.storage, scope, async (tx) => {
      const [ended, removed] = [aPush(ana), aPush(ana)]
      for (const push of [ended, removed]) await tx.pushes.insert(scope, push)
      await tx.pushes.update(scope, ended.id, { state: 'accepted' })
      await tx.pushes.remove(scope, removed.id)
      return [
        await tx.pushes.insert(scope, aPush(ana, { sessionId: ended.sessionId, topic: ended.topic })),
        await tx.pushes.insert(scope, aPush(ana, { sessionId: removed.sessionId, topic: removed.topic })),
      ]
    })
    expect(afterItsEnd, 'in the transaction that ends one, too').toEqual([true, true])
    const twice = await write(stage.storage, scope, async (tx) => [
      await tx.pushes.insert(scope, aPush(ana, { sessionId: first.id, topic })),
      await tx.pushes.insert(scope, aPush(ana, { sessionId: first.id, topic })),
    ])
    expect(twice).toEqual([true, false])
    expect(await listed(ana)).toHaveLength(8)
  })

  test('What is due comes with the longest waiting first; what has ended is never due', async () => {
    const { scope, ana, ben, put, pushes } = await people()
    const [late, soon, next] = [
      aPush(ana, { at: AT + 9 }),
      aPush(ben, { at: AT + 1 }),
      aPush(ana, { at: AT + 5 }),
    ]
    await put(late, soon, next, aPush(ana, { state: 'accepted', at: AT }))
    expect(await pushes.due(scope, AT + 5, 10)).toEqual([soon, next])
    expect(await pushes.due(scope, AT + 9, 2)).toEqual([soon, next])
    expect(await pushes.nextDue(scope)).toBe(AT + 1)
    const inside = await write(stage.storage, scope, async (tx) => {
      await tx.pushes.update(scope, soon.id, { at: AT + 100 })
      return [await tx.pushes.due(scope, AT + 9, 10), await tx.pushes.nextDue(scope)]
    })
    expect(inside).toEqual([[next, late], AT + 5])
    await write(stage.storage, scope, (tx) => tx.pushes.hurry(scope, ben, AT + 50))
    expect(await pushes.due(scope, AT + 50, 10)).toMatchObject([
      { id: next.id },
      { id: late.id },
      { id: soon.id, at: AT + 50 },
    ])
  })
}

function ledgerContract(stage: Stage): void {
  const people = () => makePeople(stage)

  test('Hurrying leaves alone what was tried already, what is sooner, and others', async () => {
    const { scope, ana, ben, put, pushes } = await people()
    await put(
      aPush(ana, { at: AT + 90, attempts: 1 }),
      aPush(ana, { at: AT + 10 }),
      aPush(ben, { at: AT + 90 }),
    )
    await put(aPush(ana, { at: AT + 90, state: 'expired' }))
    await write(stage.storage, scope, (tx) => tx.pushes.hurry(scope, ana, AT + 50))
    expect((await pushes.due(scope, AT + 99, 10)).map(({ at }) => at)).toEqual([AT + 10, AT + 90, AT + 90])
    expect((await pushes.listOf(scope, ana, 10)).filter(({ state }) => state === 'expired')).toMatchObject([
      { at: AT + 90 },
    ])
  })

  test('The latest that was told on a device of a topic is found, and the ledger is listed newest first', async () => {
    const { scope, ana, ben, put, pushes } = await people()
    const [sessionId, topic] = [newId(), newId()]
    const of = (number: number, given: Partial<PushRecord> = {}) =>
      aPush(ana, { sessionId, topic, number, state: 'accepted', queuedAt: AT + number, ...given })
    const told = [of(1), of(2, { state: 'withdrawn' }), of(3, { state: 'queued' })]
    for (const push of told) await put(push)
    await put(of(9, { topic: newId() }), aPush(ben, { sessionId: newId(), topic, state: 'failed' }))
    expect(await pushes.lastTold(scope, sessionId, topic)).toEqual(told[1])
    expect(await pushes.lastTold(scope, newId(), topic)).toBeNull()
    expect((await pushes.listOf(scope, ana, 3)).map(({ number }) => number)).toEqual([9, 3, 2])
  })

  test('What is too old goes, but not what is queued', async () => {
    const { scope, ana, put, listed } = await people()
    const made = (at: number, state: PushRecord['state']) => aPush(ana, { queuedAt: at, at, state })
    const [old, waiting, young] = [made(AT, 'accepted'), made(AT, 'queued'), made(AT + 2_000, 'failed')]
    await put(old, waiting, young)
    await write(stage.storage, scope, (tx) => tx.pushes.removeEndedBefore(scope, AT + 1_000))
    expect((await listed(ana)).map(({ id }) => id)).toEqual([young.id, waiting.id])
  })

  test('How far the messages were followed is kept, and they are read on from there', async () => {
    const chat = await makeChat(stage.storage)
    const { scope } = chat
    const { pushes, messages } = stage.storage.read
    expect(await pushes.followed(scope)).toBeNull()
    for (const index of oneTo(5)) await send(stage.storage, chat, String(index))
    const all = await messages.sentAfter(scope, 0, 100)
    expect(all.map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5'])
    const third = all[2]?.seq ?? 0
    await write(stage.storage, scope, (tx) => tx.pushes.setFollowed(scope, 1))
    await write(stage.storage, scope, (tx) => tx.pushes.setFollowed(scope, third))
    expect(await pushes.followed(scope)).toBe(third)
    expect(await messages.sentAfter(scope, third, 1)).toEqual([all[3]])
    expect(await messages.sentAfter(scope, all[4]?.seq ?? 0, 10)).toEqual([])
  })
  tellingContract(stage)
}

function tellingContract(stage: Stage): void {
  const people = () => makePeople(stage)

  test('How a member wants to be told is kept for each', async () => {
    const { scope, ana, ben } = await people()
    const { notificationSettings } = stage.storage.read
    const quietHours = { from: 1_320, to: 420, days: [1, 5], timeZone: 'Europe/Lisbon' }
    const choices = { ...aChoice, preview: false, quietHours }
    expect(await notificationSettings.get(scope, ana)).toBeNull()
    await write(stage.storage, scope, (tx) => tx.notificationSettings.put(scope, ana, aChoice))
    await write(stage.storage, scope, (tx) => tx.notificationSettings.put(scope, ana, choices))
    expect(await notificationSettings.get(scope, ana)).toEqual(choices)
    expect(await notificationSettings.get(scope, ben)).toBeNull()
  })

  test('Devices that are told are those of live sessions, of one member or of all', async () => {
    const { scope, ana, ben } = await people()
    const { sessions } = stage.storage.read
    const [hers, his] = [aSession(ana, { push: aTarget('hers') }), aSession(ben, { push: aTarget('his') })]
    await write(stage.storage, scope, async (tx) => {
      for (const session of [hers, his, aSession(ana)]) await tx.sessions.insert(scope, session)
    })
    const ids = async (memberId?: string) =>
      (await sessions.withPush(scope, memberId)).map(({ id }) => id).sort()
    expect(await sessions.withPush(scope, ana)).toEqual([hers])
    expect(await ids()).toEqual([hers.id, his.id].sort())
    expect(await sessions.get(scope, hers.id)).toEqual(hers)
    await write(stage.storage, scope, (tx) => tx.sessions.update(scope, hers.id, { push: null }))
    await write(stage.storage, scope, (tx) => tx.sessions.update(scope, his.id, { push: aTarget('new') }))
    expect(await ids(ana)).toEqual([])
    expect(await sessions.withPush(scope)).toEqual([{ ...his, push: aTarget('new') }])
  })
}
