import { MUTED_ALWAYS, usualPreference } from '@parley/contracts/chat-preferences/rules'
import { usualChoices } from '@parley/contracts/notifications/rules'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Telling } from './telling.ts'
import { memoryStore } from '../local-store/memory-store.ts'
import { chat } from '../testing/chat.ts'
import { type Device, liveDevice } from '../testing/device.ts'
import { purgeExpired, setDisappearing } from '../testing/fake-disappearing.ts'
import { deleteMessage } from '../testing/fake-messages.ts'
import { testTabs } from '../testing/test-platform.ts'

let stage: ReturnType<typeof chat>
let ben: Device
let heard: { readonly text: string; readonly attended: boolean }[]

const listen = (to: Device, into = heard) =>
  to.client.onNews((tellings: readonly Telling[], attended) => {
    for (const { text } of tellings) into.push({ text, attended })
  })

beforeEach(async () => {
  stage = chat()
  ben = await liveDevice(stage.server, stage.clock, stage.ben)
  heard = []
  listen(ben)
})

const say = async (text: string, conversationId = stage.conversationId) => {
  stage.server.say(stage.ana, conversationId, text)
  await stage.clock.pass(1_000)
}

describe('What arrives is told', () => {
  test('once, with the newest of a chat and how many are unread', async () => {
    const tellings: Telling[] = []
    ben.client.onNews((news) => tellings.push(...news))
    stage.server.say(stage.ana, stage.conversationId, 'One')
    stage.server.say(stage.ana, stage.conversationId, 'Two')
    await stage.clock.pass(1_000)
    expect(tellings).toMatchObject([{ text: 'Two', count: 2, senderId: stage.ana, mention: false }])
    await stage.clock.pass(60_000)
    expect(heard).toEqual([{ text: 'Two', attended: true }])
  })

  test('also of what came while the device was away, but not of what was there when it was first opened', async () => {
    ben.transport.goOffline()
    await say('Meanwhile')
    expect(heard).toEqual([])
    ben.transport.online = true
    await stage.clock.pass(60_000)
    expect(heard).toEqual([{ text: 'Meanwhile', attended: true }])
    const fresh: typeof heard = []
    listen(await liveDevice(stage.server, stage.clock, stage.ben), fresh)
    await stage.clock.pass(1_000)
    expect(fresh).toEqual([])
  })

  test('as nobody looks at it, when the page is hidden or was not used for long', async () => {
    ben.platform.setVisible(false)
    await say('Hidden')
    ben.platform.setVisible(true)
    await say('Back')
    await stage.clock.pass(6 * 60_000)
    await say('Gone for a coffee')
    ben.platform.use()
    await say('Back again')
    expect(heard.map(({ attended }) => attended)).toEqual([false, true, false, true])
  })
})

describe('Nothing is told', () => {
  test('of the chat that is looked at', async () => {
    const end = ben.client.subscribe(`conversation:${stage.conversationId}`, () => {})
    await say('Seen at once')
    expect(heard).toEqual([])
    ben.platform.setVisible(false)
    await say('Open, but hidden')
    expect(heard).toEqual([{ text: 'Open, but hidden', attended: false }])
    end()
  })

  test('of what one writes oneself, and of what was read meanwhile elsewhere', async () => {
    stage.server.say(stage.ben, stage.conversationId, 'From the phone')
    await stage.clock.pass(1_000)
    stage.server.say(stage.ana, stage.conversationId, 'Read at once')
    stage.server.raiseMark(stage.ben, stage.conversationId, 2, 2)
    await stage.clock.pass(1_000)
    expect(heard).toEqual([])
  })

  test('of a muted chat', async () => {
    const preference = { ...usualPreference(stage.conversationId), mutedUntil: MUTED_ALWAYS }
    stage.server.append(`member:${stage.ben}`, 'chat-preference', stage.conversationId, preference)
    await say('Chatter')
    expect(heard).toEqual([])
  })

  test('in quiet hours', async () => {
    const quietHours = { from: 0, to: 0, days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC' }
    const settings = { memberId: stage.ben, ...usualChoices, quietHours }
    stage.server.append(`member:${stage.ben}`, 'notification-settings', stage.ben, settings)
    await say('In the night')
    expect(heard).toEqual([])
    stage.server.append(`member:${stage.ben}`, 'notification-settings', stage.ben, {
      ...settings,
      quietHours: null,
    })
    await say('In the morning')
    expect(heard).toHaveLength(1)
  })
})

describe('What was told stays shown', () => {
  const isNews = (number: number) => ben.client.isNews(stage.conversationId, number)
  const told = async (text: string) => {
    const { messageId } = await new Promise<Telling>((resolve) => {
      const end = ben.client.onNews(([telling]) => {
        end()
        if (telling) resolve(telling)
      })
      void say(text)
    })
    return messageId
  }

  test('until it is deleted, also where a silent line or another message came after it', async () => {
    const messageId = await told('Never mind')
    expect(isNews(1)).toBe(true)
    setDisappearing(stage.server, stage.ana, stage.conversationId, null)
    await stage.clock.pass(1_000)
    expect(isNews(1), 'a silent line says nothing of it').toBe(true)
    deleteMessage(stage.server, stage.ana, messageId)
    await stage.clock.pass(1_000)
    expect(ben.client.chats()[0]).toMatchObject({ unread: 1, lastMessage: { number: 2 } })
    expect(isNews(1)).toBe(false)
    await say('Another')
    expect([isNews(1), isNews(3)]).toEqual([false, true])
  })

  test('until it is read, or the chat is lost', async () => {
    await told('One')
    stage.server.raiseMark(stage.ben, stage.conversationId, 1, 1)
    await stage.clock.pass(1_000)
    expect(isNews(1)).toBe(false)
    await told('Two')
    expect(isNews(2)).toBe(true)
    stage.server.setAccess(stage.ben, stage.conversationId, 'lost')
    await stage.clock.pass(1_000)
    expect(isNews(2)).toBe(false)
  })

  test('until its time is over, or it is gone for good', async () => {
    Object.defineProperty(stage.server, 'now', { get: () => stage.clock.now() })
    setDisappearing(stage.server, stage.ana, stage.conversationId, 60)
    await told('For a minute')
    setDisappearing(stage.server, stage.ana, stage.conversationId, null)
    await say('For good')
    expect([isNews(2), isNews(4)]).toEqual([true, true])
    await stage.clock.pass(60_000)
    expect([isNews(2), isNews(4)]).toEqual([false, true])
    purgeExpired(stage.server)
    await stage.clock.pass(1_000)
    expect([isNews(2), isNews(4)]).toEqual([false, true])
  })
})

test('Of several tabs one tells: the one that is looked at, or else the one that leads', async () => {
  const tabs = testTabs()
  const store = memoryStore(true)
  const options = { tabs, store, openStore: async () => store }
  const leader = await liveDevice(stage.server, stage.clock, stage.ben, options)
  const follower = await liveDevice(stage.server, stage.clock, stage.ben, options)
  const [inLeader, inFollower]: (typeof heard)[] = [[], []]
  listen(leader, inLeader)
  listen(follower, inFollower)
  const both = () => [inLeader?.splice(0).length, inFollower?.splice(0).length]
  await say('Both in sight')
  expect(both()).toEqual([1, 0])
  leader.platform.setVisible(false)
  await say('The other is looked at')
  expect(both()).toEqual([0, 1])
  follower.platform.setVisible(false)
  await say('Neither')
  expect(both()).toEqual([1, 0])
})
