import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StorageTx } from '../../adapters/storage/contract/storage.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { openPushScene, type Device, type PushDesk } from '../../testing/push-desk.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { deleteMessage } from '../messages/delete-message.ts'
import { setDisappearing } from '../messages/set-disappearing.ts'
import { purgeExpiredMessages } from '../retention/purge-expired-messages.ts'
import { notifyOnChange } from './notify-on-change.ts'
import { subscribeDevice } from './subscribe-device.ts'

const MINUTE = 60_000
const SOON = 3_000

let desk: PushDesk
let amina: Actor
let mei: Actor
let phone: Device
let chat: string

beforeEach(async () => void ({ desk, amina, mei, phone, chat } = await openPushScene()))
afterEach(async () => {
  await desk.close()
  expect(desk.failures).toEqual([])
})

const told = (device = phone) => desk.taken(device)
const texts = (device = phone) => desk.texts(device)

describe('What was told and then read elsewhere', () => {
  const tell = async (expected = ['Hello']) => {
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    expect(texts().sort()).toEqual(expected.sort())
    desk.now += 10_000
  }

  test('is withdrawn from the device, and the ledger says so', async () => {
    await tell()
    await desk.read(mei, chat)
    await desk.after(1_000)
    const session = phone.actor.sessionId
    expect(told()).toEqual([{ kind: 'withdrawal', session, badge: 0, read: [chat], upTo: [1] }])
    expect(await desk.ledger(mei)).toEqual([
      ['withdrawal', 'accepted', null, 201, 1],
      ['message', 'withdrawn', null, 201, 1],
    ])
  })

  test('goes without a push from a device that is connected', async () => {
    await tell()
    desk.connected.add(phone.actor.sessionId)
    await desk.read(mei, chat)
    await desk.after(MINUTE)
    expect(told()).toEqual([])
    desk.connected.clear()
    await desk.say(amina, chat, 'Next')
    await desk.after(SOON)
    expect(told(), 'only the chat that is told of now is shown').toMatchObject([{ read: [], count: 1 }])
  })

  test('is left to the next push where the maker of the device takes none that shows nothing', async () => {
    await tell()
    const { actor, browser } = phone
    const target = { ...browser.target, endpoint: 'https://web.push.apple.com/device' }
    await desk.office.run((tx) => subscribeDevice(tx, actor, target))
    await desk.read(mei, chat)
    expect(await desk.ledger(mei)).toEqual([['message', 'withdrawn', null, 201, 1]])
  })

  test('is mentioned in the next push, where it was not withdrawn by one of its own', async () => {
    const luca = await desk.office.join('Luca')
    const talk = await desk.chat(luca, mei)
    await tell()
    desk.connected.add(phone.actor.sessionId)
    await desk.read(mei, chat)
    desk.connected.clear()
    await desk.say(luca, talk, 'From somebody else')
    await desk.after(SOON)
    expect(told()).toMatchObject([{ conversationId: talk, read: [chat] }])
  })

  test('is withdrawn also where that was found while another withdrawal was under way, and once', async () => {
    const luca = await desk.office.join('Luca')
    const talk = await desk.chat(luca, mei)
    await desk.say(luca, talk, 'From somebody else')
    await tell(['From somebody else', 'Hello'])
    await desk.read(mei, chat)
    desk.service.answers.push({ status: 201, after: () => desk.read(mei, talk) })
    await desk.after(1_000)
    expect(told()).toMatchObject([{ kind: 'withdrawal', read: [chat] }])
    await desk.after(SOON)
    expect(told()).toMatchObject([{ kind: 'withdrawal', read: expect.arrayContaining([talk]) as unknown }])
    await desk.after(60 * MINUTE)
    expect(told()).toEqual([])
  })

  test('is withdrawn also where it was told while the withdrawal of what was before was under way', async () => {
    await tell()
    await desk.read(mei, chat)
    const after = async () => {
      await desk.say(amina, chat, 'Next')
      await desk.after(10_000)
      await desk.read(mei, chat)
    }
    desk.service.answers.push({ status: 201, after })
    await desk.after(1_000)
    expect(told()).toMatchObject([{ read: [chat], upTo: [1] }, { number: 2 }])
    await desk.after(SOON)
    expect(told()).toMatchObject([{ kind: 'withdrawal', read: [chat], upTo: [2] }])
  })

  test('is withdrawn when its own time is not over, though a withdrawal that waited for hours has lost its', async () => {
    const luca = await desk.office.join('Luca')
    const talk = await desk.chat(luca, mei)
    await desk.say(luca, talk, 'From somebody else')
    await tell(['From somebody else', 'Hello'])
    desk.service.answers.push(...Array.from({ length: 100 }, () => ({ status: 503 })))
    await desk.read(mei, chat)
    await desk.after(1_000)
    for (let minutes = 0; minutes < 210; minutes += 30) await desk.after(30 * MINUTE)
    await desk.read(mei, talk)
    for (let minutes = 0; minutes < 90; minutes += 30) await desk.after(30 * MINUTE)
    desk.service.answers.length = 0
    told()
    await desk.after(120 * MINUTE)
    expect(told()).toMatchObject([{ kind: 'withdrawal', read: expect.arrayContaining([talk]) as unknown }])
  })

  test('is withdrawn a few times a day, since browsers count pushes that show nothing', async () => {
    let withdrawals = 0
    for (let round = 0; round < 12; round += 1) {
      await desk.say(amina, chat, String(round))
      await desk.after(MINUTE)
      await desk.read(mei, chat)
      await desk.after(MINUTE)
      withdrawals += told().filter(({ kind }) => kind === 'withdrawal').length
    }
    expect(withdrawals).toBe(8)
  })
})

describe('What was told and is gone for everybody', () => {
  const SECRET = 'The code is 4711'
  const tell = async () => {
    await desk.say(amina, chat, 'Before')
    const id = await desk.say(amina, chat, SECRET)
    await desk.after(SOON)
    expect(texts()).toEqual([SECRET])
    desk.now += 10_000
    // what sending itself has noted is looked at, and forgotten
    await desk.telling.withdrawals.withdraw(desk.office.scope)
    return id
  }
  const withdrawn = () => told().map((push) => [push.kind, push.read])

  test('is withdrawn once it is deleted, though the chat is not read', async () => {
    const id = await tell()
    await desk.happens((tx) => deleteMessage(tx, amina, id, desk.now))
    await desk.after(1_000)
    expect(withdrawn()).toEqual([['withdrawal', [chat]]])
    await desk.after(MINUTE)
    expect(told(), 'what was before is not told anew').toEqual([])
  })

  test('is withdrawn also by a server that is stopped just then', async () => {
    const id = await tell()
    const { storage, scope } = desk.office
    const { changes } = await storage.transactions.run(scope, (tx) => deleteMessage(tx, amina, id, desk.now))
    notifyOnChange(desk.telling)(scope, changes)
    await desk.restart()
    desk.telling.resume(scope)
    await desk.after(1_000)
    expect(told()).toMatchObject([{ kind: 'withdrawal', read: [chat] }])
  })

  test('is withdrawn once its time is over, or a rule has it purged', async () => {
    await desk.say(amina, chat, 'This stays, and stays unread')
    await desk.happens((tx) => setDisappearing(tx, amina, chat, 86_400, desk.now))
    await tell()
    desk.now += 86_400_000
    const run: RunUseCase<StorageTx> = async (_scope, work) => {
      const { result, changes } = await desk.office.storage.transactions.run(desk.office.scope, work)
      notifyOnChange(desk.telling)(desk.office.scope, changes)
      return result
    }
    const { scope, storage } = desk.office
    await purgeExpiredMessages({ run, read: storage.read, forget: [] }, scope, desk.now, () => false)
    await desk.telling.withdrawals.withdraw(scope)
    await desk.after(1_000)
    expect(withdrawn()).toEqual([['withdrawal', [chat]]])
  })

  test('is withdrawn from whoever has lost the group altogether', async () => {
    chat = await desk.group(amina, [mei])
    await tell()
    const removal = { memberId: mei.memberId, keepsHistory: false }
    await desk.happens((tx) => removeFromGroup(tx, amina, chat, removal, desk.now))
    await desk.after(1_000)
    expect(told()).toMatchObject([{ kind: 'withdrawal', read: [chat], upTo: [Number.MAX_SAFE_INTEGER] }])
  })

  test('stays where something else is deleted, or the chat was told of again since', async () => {
    const [older, id] = [await desk.say(amina, chat, 'Older'), await tell()]
    await desk.happens((tx) => deleteMessage(tx, amina, older, desk.now))
    await desk.after(1_000)
    expect(told()).toEqual([])
    await desk.say(amina, chat, 'Newer')
    await desk.after(SOON)
    expect(texts()).toEqual(['Newer'])
    await desk.happens((tx) => deleteMessage(tx, amina, id, desk.now))
    await desk.after(1_000)
    expect(told()).toEqual([])
  })
})
