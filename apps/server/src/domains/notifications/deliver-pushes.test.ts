import { MUTED_ALWAYS } from '@parley/contracts/chat-preferences/rules'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aFile } from '../../adapters/storage/contract/files.contract.ts'
import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import { openPushScene, type Device, type PushDesk } from '../../testing/push-desk.ts'
import { changeCommunication } from '../communication/change-communication.ts'
import { removeFromGroup } from '../groups/remove-from-group.ts'
import { deactivateMember } from '../members/switch-member.ts'
import { endAllSessions, endSession } from '../sessions/end-session.ts'
import { sendMessage } from '../messages/send-message.ts'
import { subscribeDevice } from './subscribe-device.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
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

describe('A message to somebody who is not there', () => {
  test('reaches their device: who writes what and where, how much is unread, and which message it is', async () => {
    await desk.say(amina, chat, 'The coach leaves at nine')
    await desk.after(SOON)
    const [push, ...more] = told()
    const { read } = desk.office.storage
    const [message] = await read.messages.page(desk.office.scope, chat, { limit: 1 })
    expect(more).toEqual([])
    expect(push).toEqual({
      kind: 'message',
      session: phone.actor.sessionId,
      badge: 1,
      read: [],
      upTo: [],
      conversationId: chat,
      messageId: message?.id,
      number: 1,
      count: 1,
      mention: false,
      sentAt: message?.sentAt,
      shown: { group: null, sender: 'Amina', text: 'The coach leaves at nine' },
    })
    expect(await desk.ledger(mei)).toEqual([['message', 'accepted', null, 201, 1]])
  })

  test('is told once, and several of one chat together', async () => {
    for (const text of ['One', 'Two', 'Three']) await desk.say(amina, chat, text)
    await desk.after(SOON)
    expect(told()).toMatchObject([{ count: 3, badge: 3, shown: { text: 'Three' } }])
    await desk.after(HOUR)
    expect(told()).toEqual([])
    await desk.say(amina, chat, 'Four')
    await desk.after(SOON)
    expect(told()).toMatchObject([{ count: 4, shown: { text: 'Four' } }])
  })

  test('of a lively chat waits until the device has had a rest', async () => {
    await desk.say(amina, chat, 'One')
    await desk.after(SOON)
    await desk.say(amina, chat, 'Two')
    await desk.after(2_500)
    expect(texts()).toEqual(['One'])
    await desk.after(SOON)
    expect(texts()).toEqual(['Two'])
  })

  test('reaches each of their devices, and none of the one who wrote it', async () => {
    const [laptop, hers] = [await desk.device(mei), await desk.device(amina)]
    await desk.say(amina, chat, 'Hello')
    await desk.after(SOON)
    expect([texts(), texts(laptop), texts(hers)]).toEqual([['Hello'], ['Hello'], []])
  })

  test('is read for its marks only at its beginning, which is all that is shown of it', async () => {
    await desk.say(amina, chat, `*Hello* ${'x'.repeat(300)}`)
    await desk.after(SOON)
    expect(texts()).toEqual([`Hello ${'x'.repeat(293)}…`])
    await desk.say(amina, chat, `*${'x'.repeat(7_000)}*`)
    await desk.after(10_000)
    expect(texts()).toEqual([`*${'x'.repeat(298)}…`])
  })

  test('is short, and is cut between letters', async () => {
    await desk.say(amina, chat, `${'x'.repeat(298)}😀😀😀`)
    await desk.after(SOON)
    const [text = ''] = texts()
    expect(text).toBe(`${'x'.repeat(298)}…`)
  })

  test('that has no words says what it carries, as the list of chats does', async () => {
    const uploaderId = amina.memberId
    const voice = aFile({ uploaderId, kind: 'voice', name: 'rec.webm', facts: { duration: 12_000 } })
    const photos = [1, 2].map((one) => aFile({ uploaderId, kind: 'picture', name: `${String(one)}.jpg` }))
    const plan = aFile({ uploaderId, kind: 'document', name: 'Plan.pdf' })
    const expiresAt = desk.now + HOUR
    await desk.office.run(async (tx) => {
      for (const one of [voice, ...photos, plan])
        await tx.files.insert(desk.office.scope, { ...one, createdAt: desk.now, expiresAt })
    })
    const shown = async (text: string, ...files: { id: string }[]) => {
      const given = { id: newId(), conversationId: chat, text, files: files.map(({ id }) => id) }
      await desk.office.run((tx) => sendMessage(tx, amina, given, desk.now))
      await desk.after(10_000)
      return told().map((push) => (push.kind === 'message' ? push.shown : null))
    }
    const said = { group: null, sender: 'Amina', text: '' }
    const recording = { kind: 'voice', name: 'rec.webm', duration: 12_000 }
    expect(await shown('', voice)).toEqual([{ ...said, files: [recording] }])
    const photo = { kind: 'picture', name: '' }
    expect(await shown('', ...photos)).toEqual([{ ...said, files: [photo, photo] }])
    expect(await shown('The *plan*', plan), 'without marks of formatting').toEqual([
      { ...said, text: 'The plan' },
    ])
  })

  test('says neither who nor what where the person or the organisation does not want that', async () => {
    await desk.choose(mei, { preview: false })
    await desk.say(amina, chat, 'A secret')
    await desk.after(SOON)
    expect(told()).toMatchObject([{ shown: null, count: 1 }])
    await desk.choose(mei, {})
    await desk.office.run((tx) => changeCommunication(tx, amina, { pushContent: 'hidden' }))
    await desk.say(amina, chat, 'Another')
    await desk.after(10_000)
    expect(told()).toMatchObject([{ shown: null, count: 2 }])
  })
})

describe('Nothing is told', () => {
  test('of what was read meanwhile', async () => {
    await desk.say(amina, chat, 'Hello')
    await desk.telling.follower.follow(desk.office.scope)
    await desk.read(mei, chat)
    await desk.after(SOON)
    expect([told(), await desk.ledger(mei)]).toEqual([[], []])
  })

  test('to who is at a device, until they leave it with something unread', async () => {
    desk.present.add(mei.memberId)
    await desk.say(amina, chat, 'Are you there?')
    await desk.after(SOON)
    await desk.after(10 * MINUTE)
    expect(told()).toEqual([])
    desk.present.delete(mei.memberId)
    desk.telling.deliveries.left(desk.office.scope, mei.memberId)
    await expect.poll(async () => (await desk.after(0), texts())).toEqual(['Are you there?'])
  })

  test.each([
    ['muted', { mutedUntil: MUTED_ALWAYS }],
    ['archived', { archived: { number: 99, quiet: 0 } }],
  ])('in a chat that is %s, but for a mention where that is wished', async (_what, given) => {
    const group = await desk.group(amina, [mei])
    await desk.prefer(mei, group, given)
    await desk.say(amina, group, 'Chatter')
    await desk.after(SOON)
    expect(told()).toEqual([])
    await desk.say(amina, group, '@Mei look', { memberIds: [mei.memberId] })
    await desk.after(SOON)
    expect(told()).toMatchObject([{ mention: true }])
    await desk.choose(mei, { mentionsPassMute: false })
    await desk.say(amina, group, '@all again', { memberIds: [], all: true })
    await desk.after(10_000)
    expect(told()).toEqual([])
    await desk.choose(mei, {})
    await desk.say(amina, group, '@all once more', { memberIds: [], all: true })
    await desk.after(10_000)
    expect(told()).toMatchObject([{ mention: true, shown: { text: '@all once more' } }])
  })

  test('of what the person has cleared', async () => {
    await desk.say(amina, chat, 'One')
    await desk.prefer(mei, chat, { cleared: { number: 1, quiet: 0 } })
    await desk.after(SOON)
    expect(told()).toEqual([])
  })

  test('in quiet hours', async () => {
    const hour = new Date(desk.now).getUTCHours()
    const quietHours = {
      from: hour * 60,
      to: ((hour + 1) % 24) * 60,
      days: [1, 2, 3, 4, 5, 6, 7],
      timeZone: 'UTC',
    }
    await desk.choose(mei, { quietHours })
    await desk.say(amina, chat, 'In the night')
    await desk.after(SOON)
    expect(told()).toEqual([])
    await desk.after(HOUR)
    await desk.say(amina, chat, 'In the morning')
    await desk.after(SOON)
    expect(texts()).toEqual(['In the morning'])
  })

  test('of what was written before the first device subscribed', async () => {
    const luca = await desk.office.join('Luca')
    const talk = await desk.chat(amina, luca)
    await desk.say(amina, talk, 'Long ago')
    await desk.telling.follower.follow(desk.office.scope)
    const late = await desk.device(luca)
    await desk.after(SOON)
    expect(told(late)).toEqual([])
  })
})

describe('A2: a device is told nothing more', () => {
  const lost = async (work: () => Promise<unknown>) => {
    await desk.say(amina, chat, 'Before')
    await desk.telling.follower.follow(desk.office.scope)
    await work()
    await desk.after(SOON)
    await desk.say(amina, chat, 'After').catch(() => undefined)
    await desk.after(MINUTE)
    expect(told()).toEqual([])
    expect(await desk.office.storage.read.sessions.withPush(desk.office.scope)).toEqual([])
  }

  test('once its session is ended', () =>
    lost(() =>
      desk.office.run((tx) => endSession(tx, mei.scope, mei.memberId, phone.actor.sessionId, desk.now)),
    ))

  test('once its member has signed out everywhere', () =>
    lost(() => desk.office.run((tx) => endAllSessions(tx, mei.scope, mei.memberId, desk.now))))

  test('once access is switched off', () =>
    lost(() =>
      desk.office.run((tx) =>
        deactivateMember(tx, amina, mei.memberId, async () => {
          await endAllSessions(tx, mei.scope, mei.memberId, desk.now)
        }),
      ),
    ))

  test('once another session has it', async () => {
    const luca = await desk.office.join('Luca')
    await lost(async () => {
      const there = await desk.device(luca, phone.browser)
      await desk.office.run((tx) =>
        endSession(tx, luca.scope, luca.memberId, there.actor.sessionId, desk.now),
      )
    })
  })

  test('and a session that has ended does not subscribe any more', async () => {
    const { actor, browser } = phone
    await desk.office.run((tx) => endSession(tx, mei.scope, mei.memberId, actor.sessionId, desk.now))
    await expect(desk.office.run((tx) => subscribeDevice(tx, actor, browser.target))).rejects.toMatchObject({
      code: 'not_signed_in',
    })
  })

  test('Y9: of a group that its member was removed from', async () => {
    const group = await desk.group(amina, [mei])
    await desk.say(amina, group, 'Welcome')
    await desk.after(SOON)
    expect(told()).toMatchObject([{ shown: { group: 'Harbour', sender: 'Amina', text: 'Welcome' } }])
    await desk.say(amina, group, 'About them')
    await desk.telling.follower.follow(desk.office.scope)
    await desk.office.run((tx) =>
      removeFromGroup(tx, amina, group, { memberId: mei.memberId, keepsHistory: true }, desk.now),
    )
    await desk.after(MINUTE)
    expect(told()).toEqual([])
  })
})

describe('Nothing is lost', () => {
  test('of what is written while a push of its chat is under way', async () => {
    const after = async () => {
      await desk.say(amina, chat, 'Two')
      await desk.telling.follower.follow(desk.office.scope)
    }
    desk.service.answers.push({ status: 201, after })
    await desk.say(amina, chat, 'One')
    await desk.after(SOON)
    expect(texts()).toEqual(['One'])
    await desk.after(10_000)
    expect(texts()).toEqual(['Two'])
    await desk.after(HOUR)
    expect(told(), 'and once').toEqual([])
  })

  test('of what is written while it is found that there is nothing to tell', async () => {
    const { chatPreferences } = desk.office.storage.read
    const group = await desk.group(amina, [mei])
    await desk.prefer(mei, group, { mutedUntil: MUTED_ALWAYS })
    await desk.say(amina, group, 'Chatter')
    vi.spyOn(chatPreferences, 'settings').mockImplementationOnce(async () => {
      await desk.say(amina, group, '@Mei look', { memberIds: [mei.memberId] })
      await desk.telling.follower.follow(desk.office.scope)
      return null
    })
    await desk.after(SOON)
    expect(told()).toEqual([])
    await desk.after(SOON)
    expect(told()).toMatchObject([{ mention: true }])
  })

  test('of what is written when a push of its chat has waited for a day: it has a time of its own', async () => {
    desk.present.add(mei.memberId)
    await desk.say(amina, chat, 'Yesterday')
    await desk.after(SOON)
    await desk.after(23 * HOUR)
    await desk.say(amina, chat, 'Today')
    for (let hours = 0; hours < 3; hours += 1) await desk.after(HOUR)
    expect(told()).toEqual([])
    desk.present.delete(mei.memberId)
    desk.telling.deliveries.left(desk.office.scope, mei.memberId)
    const { received } = desk.service
    await expect.poll(async () => (await desk.after(0), received.length)).toBe(1)
    expect(received[0]?.headers['ttl'], 'as long as it is worth something').toBe(String(21 * 60 * 60))
    expect(texts()).toEqual(['Today'])
  })

  test('when the process ends before it has looked at the messages', async () => {
    await desk.say(amina, chat, 'Just before')
    await desk.restart()
    await desk.after(SOON)
    expect(texts()).toEqual(['Just before'])
  })

  test('when it ends with pushes queued, and with one under way', async () => {
    await desk.say(amina, chat, 'Queued')
    await desk.telling.follower.follow(desk.office.scope)
    await desk.restart()
    await desk.after(SOON)
    expect(texts()).toEqual(['Queued'])
    await desk.say(amina, chat, 'Under way')
    await desk.telling.follower.follow(desk.office.scope)
    desk.now += 10_000
    const { scope } = desk.office
    await desk.office.run(async (tx) => {
      for (const { id } of await tx.pushes.due(scope, desk.now, 10))
        await tx.pushes.update(scope, id, { at: desk.now + MINUTE })
    })
    await desk.restart()
    await desk.after(1_000)
    expect(told(), 'somebody else may be at it').toEqual([])
    await desk.after(MINUTE)
    expect(texts()).toEqual(['Under way'])
  })

  test('and nothing is told twice by who takes over', async () => {
    await desk.say(amina, chat, 'Once')
    await desk.after(SOON)
    expect(texts()).toEqual(['Once'])
    await desk.office.run((tx) => tx.pushes.setFollowed(desk.office.scope, 0))
    await desk.restart()
    await desk.after(MINUTE)
    expect(told()).toEqual([])
  })
})
