import { randomUUID } from 'node:crypto'
import type { PushPayload } from '@parley/contracts/notifications/push-payload'
import type { Page } from '@playwright/test'
import { addMember, createOrganisation, startChat, write, type Account } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, signInByCall, test } from './setup/journey.ts'
import {
  addressKept,
  changeSubscription,
  clickNotification,
  deliver,
  openedByClick,
  PushService,
  shownBy,
  type WorkerScope,
} from './setup/push-service.ts'
import { message, openChat } from './screens/chat.ts'

const toasts = (page: Page) => page.getByRole('region', { name: 'New messages' }).getByRole('link')

type Listening = typeof globalThis & { notes?: number }

/** Counts the notes that the page plays; a chime has two. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const start = OscillatorNode.prototype.start
    Object.assign(globalThis, { notes: 0 })
    OscillatorNode.prototype.start = function (...given) {
      const page: Listening = globalThis
      page.notes = (page.notes ?? 0) + 1
      start.apply(this, given)
    }
  })
const notes = (page: Page) => page.evaluate(() => (globalThis as Listening).notes ?? 0)

/** Nobody looks at the page any more, or again. */
const look = (page: Page, visible: boolean) =>
  page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    visible ? 'visible' : 'hidden',
  )

const onDesktop = (page: Page) =>
  page.evaluate(() =>
    navigator.locks.request('parley-notifications', async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      return ((await registration?.getNotifications()) ?? []).map(({ title, body }) => `${title}: ${body}`)
    }),
  )

/** On another device. */
const read = (who: Account, conversationId: string, number: number) =>
  callRoute(
    who.base,
    'raiseMarksOf',
    { params: { conversationId }, body: { delivered: number, seen: number } },
    who.token,
  )

const messageOf = (payload: PushPayload): string => (payload.kind === 'message' ? payload.messageId : '')

/** A withdrawal to the device that a push went to. */
const taken = ({ session, badge }: PushPayload) => ({ kind: 'withdrawal', session, badge }) as const

const choose = (who: Account, body: Parameters<typeof callRoute<'changeNotificationSettings'>>[2]['body']) =>
  callRoute(who.base, 'changeNotificationSettings', { body }, who.token)

const MANY = Array.from({ length: 8 }, () => randomUUID())

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const ALL_DAY = { from: 0, to: 0, days: EVERY_DAY, timeZone: 'Europe/Lisbon' }

test('what arrives is told once, where the person is, and as they wish @screen', async ({
  admin,
  newPerson,
}) => {
  test.setTimeout(150_000)
  const [mei, luca] = [await addMember(admin, 'Mei'), await addMember(admin, 'Luca')]
  const [withMei, withLuca] = [await startChat(admin, mei), await startChat(admin, luca)]
  await write(mei, withMei, 'Morning')
  await write(luca, withLuca, 'Good morning')
  const amina = await newPerson(admin, { permissions: ['notifications'] })
  await listen(amina)
  await openChat(amina, withMei)
  await expect(amina).toHaveTitle('(1) Mei · Parley')

  await test.step('a message in another chat: title, toast and a soft sound', async () => {
    await write(luca, withLuca, 'The coach leaves at nine')
    await expect(toasts(amina)).toHaveText(/Luca.*The coach leaves at nine/)
    await expect(amina).toHaveTitle('(2) Mei · Parley')
    await expect.poll(() => notes(amina)).toBe(2)
  })

  await test.step('in the chat that is open it is only there', async () => {
    await write(mei, withMei, 'Where are you?')
    await expect(message(amina, 'Where are you?')).toBeVisible()
    await amina.waitForTimeout(800)
    await expect(toasts(amina).filter({ hasText: 'Mei' })).toHaveCount(0)
    expect(await notes(amina)).toBe(2)
  })

  await test.step('a click opens the message', async () => {
    await toasts(amina).click()
    await expect(message(amina, 'The coach leaves at nine')).toBeVisible()
    await expect(amina).toHaveTitle('Luca · Parley')
  })

  await test.step('what is read elsewhere is told no more', async () => {
    await write(mei, withMei, 'Never mind')
    await expect(toasts(amina)).toHaveText(/Never mind/)
    await read(admin, withMei, 3)
    await expect(toasts(amina)).toHaveCount(0)
    await expect(amina).toHaveTitle('Luca · Parley')
  })

  await test.step('without sounds it is silent; a muted chat is not told of', async () => {
    await amina.goto('/settings?s=notifications')
    await listen(amina)
    await amina.getByRole('switch', { name: 'Sounds' }).click()
    await expect(amina.getByText('Parley stays silent.')).toBeVisible()
    await amina.getByRole('combobox', { name: 'Notifications of Mei' }).selectOption('Muted always')
    await write(mei, withMei, 'Into the void')
    await write(luca, withLuca, 'Silently')
    await expect(toasts(amina)).toHaveText(/Silently/)
    await expect(amina).toHaveTitle('(1) Settings · Parley')
    await expect(toasts(amina)).toHaveCount(1)
    expect(await notes(amina)).toBe(0)
    await amina.getByRole('combobox', { name: 'Notifications of Mei' }).selectOption('On')
  })

  await test.step('nothing is told in quiet hours', async () => {
    await choose(admin, { quietHours: ALL_DAY, sounds: true })
    await expect(amina.getByText('No notifications on these days.')).toBeVisible()
    await toasts(amina).waitFor({ state: 'detached' })
    await write(luca, withLuca, 'At night')
    await expect(amina).toHaveTitle('(3) Settings · Parley')
    await amina.waitForTimeout(800)
    await expect(toasts(amina)).toHaveCount(0)
    expect(await notes(amina)).toBe(0)
    await amina.getByRole('switch', { name: 'Keep quiet at certain hours' }).click()
    await expect(amina.getByText('You are notified at any time.')).toBeVisible()
  })

  await test.step('on a page that is not looked at the desktop tells, with what the person wants seen', async () => {
    await look(amina, false)
    await write(luca, withLuca, 'Are you there?')
    await expect.poll(() => onDesktop(amina)).toEqual(['Luca (3): Are you there?'])
    await choose(admin, { preview: false })
    await expect(amina.getByText('Notifications only say that there is something new.')).toBeVisible()
    await write(luca, withLuca, 'Secret')
    await expect.poll(() => onDesktop(amina)).toEqual(['Parley: 4 new messages'])
    await read(admin, withLuca, 6)
    await expect.poll(() => onDesktop(amina)).toEqual([])
  })

  await test.step('of two tabs only the one that is looked at tells', async () => {
    const second = await amina.context().newPage()
    await second.goto('/people')
    await expect(second.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
    const before = await notes(amina)
    await write(luca, withLuca, 'Which of you?')
    await expect(toasts(second)).toHaveText(/Which of you\?/)
    await expect(toasts(amina)).toHaveCount(0)
    expect(await onDesktop(amina)).toEqual([])
    expect(await notes(amina)).toBe(before)
  })
})

test('a closed browser is told by push, and no more once it was read, refused or signed out', async ({
  newServer,
  newVisitor,
}) => {
  test.setTimeout(180_000)
  const service = await PushService.start()
  const server = await newServer({ env: { PARLEY_PUSH_ALLOW: service.origin } })
  const admin = await createOrganisation(server.base)
  const mei = await addMember(admin, 'Mei')
  const chat = await startChat(admin, mei)
  const page = await newVisitor({ baseURL: server.base, permissions: ['notifications'] })
  const context = page.context()
  await service.serve(context)
  await signInByCall(context, admin)
  const notifications = async () => {
    await page.goto('/settings?s=notifications')
    await expect(page.getByRole('heading', { name: 'Notifications', level: 1 })).toBeVisible()
  }
  const ledger = page.getByRole('region', { name: 'Notifications sent' }).getByRole('listitem')
  await notifications()
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  // the browser stays, the product is closed
  const blank = await context.newPage()

  await test.step('the device is turned on and tested', async () => {
    await page.getByRole('button', { name: 'Turn on' }).click()
    await expect(page.getByText('You are notified on this device, also while')).toBeVisible()
    await page.getByRole('button', { name: 'Send me a test' }).click()
    await bring(await service.next('test'))
    await expect.poll(() => shownBy(worker)).toEqual([expect.stringContaining('It works')])
    await expect(ledger.filter({ hasText: 'Test' })).toContainText('Accepted')
  })

  await test.step('with the product closed a message comes as one notification per chat', async () => {
    await clearShown()
    await page.goto('about:blank')
    await write(mei, chat, 'Your table is booked')
    await bring(await service.next('message'))
    await expect.poll(() => shownBy(worker)).toEqual(['Mei: Your table is booked'])
    await write(mei, chat, 'At eight')
    await bring(await service.next('message'))
    await expect.poll(() => shownBy(worker)).toEqual(['Mei (2): At eight'])
  })

  await test.step('a click opens the message in the page that is there', async () => {
    await page.goto('/people')
    await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
    await expect(page).toHaveTitle('(2) People · Parley')
    // what listens to the worker is fetched when the page stands
    await page.waitForLoadState('networkidle')
    await clickNotification(worker)
    await expect(message(page, 'At eight')).toBeVisible()
    await expect.poll(() => shownBy(worker)).toEqual([])
  })

  await test.step('what is read on another device is taken back', async () => {
    await page.goto('about:blank')
    await write(mei, chat, 'For four?')
    const payload = await service.next('message')
    await bring(payload)
    // whether the page could still tell what was seen on it, when it was closed, is another story
    const shown = [expect.stringMatching(/^Mei.*: For four\?$/)]
    await expect.poll(() => shownBy(worker)).toEqual(shown)
    // one of what was before, which was long on its way, comes to nothing
    await bring({ ...taken(payload), read: [chat], upTo: [2] })
    await page.waitForTimeout(500)
    expect(await shownBy(worker)).toEqual(shown)
    await read(admin, chat, 3)
    await bring(await service.next('withdrawal'))
    await expect.poll(() => shownBy(worker)).toEqual([])
  })

  await test.step('what is deleted for everyone is taken back, though nobody has read it', async () => {
    await write(mei, chat, 'The code is 4711')
    const payload = await service.next('message')
    await bring(payload)
    await expect.poll(() => shownBy(worker)).toEqual([expect.stringContaining('4711')])
    await callRoute(server.base, 'deleteMessage', { params: { messageId: messageOf(payload) } }, mei.token)
    await bring(await service.next('withdrawal'))
    await expect.poll(() => shownBy(worker)).toEqual([])
  })

  await test.step('a click while no page is open opens the message in a new one', async () => {
    await write(mei, chat, 'Anybody there?')
    await bring(await service.next('message'))
    await expect.poll(() => shownBy(worker)).toHaveLength(1)
    expect(await openedByClick(worker)).toEqual([
      expect.stringMatching(new RegExp(`^/chats\\?c=${chat}&message=\\d+$`)),
    ])
    await expect.poll(() => shownBy(worker)).toEqual([])
  })

  await test.step('an address that the browser has changed is told to the server, also when the session has to be renewed first', async () => {
    const cookies = await context.cookies()
    const access = cookies.find(({ path }) => path === '/api')
    for (const renewed of [false, true]) {
      if (renewed && access) await context.clearCookies({ name: access.name })
      const endpoint = `${service.origin}/push/moved-${String(renewed)}`
      await changeSubscription(worker, service.subscriptionAt(endpoint))
      await expect.poll(async () => (await addressKept(worker)).endpoint).toBe(endpoint)
    }
    await write(mei, chat, 'To the new address')
    await bring(await service.next('message'))
    await expect.poll(() => shownBy(worker)).toEqual([expect.stringContaining('To the new address')])
    await read(admin, chat, 6)
    await bring(await service.next('withdrawal'))
    await expect.poll(() => shownBy(worker)).toEqual([])
  })

  await test.step('the organisation hides what is written', async () => {
    await callRoute(server.base, 'changeCommunication', { body: { pushContent: 'hidden' } }, admin.token)
    await write(mei, chat, 'Not for the lock screen')
    const payload = await service.next('message')
    expect(JSON.stringify(payload)).not.toContain('lock screen')
    await bring(payload)
    await expect.poll(() => shownBy(worker)).toEqual(['Parley: New message'])
    await clearShown()

    if (payload.kind !== 'message') return
    // of many chats at the same moment: none of them is forgotten
    await Promise.all(MANY.map((conversationId) => bring({ ...payload, conversationId })))
    await expect.poll(() => shownBy(worker)).toHaveLength(MANY.length)
    await clearShown()
  })

  await test.step('a device that is gone is told no more, and the ledger says why', async () => {
    service.answers.push(410)
    await write(mei, chat, 'Anybody?')
    await expect
      .poll(async () => (await callRoute(server.base, 'listPushes', {}, admin.token)).pushes[0]?.reason, {
        timeout: 20_000,
      })
      .toBe('gone')
    await notifications()
    await expect(ledger.first()).toContainText('The device takes no notifications any more.')
    await expect(ledger.first(), 'a number would say nothing to its reader').not.toContainText('410')
    await expect(page.getByText('You are notified on this device only while Parley is open.')).toBeVisible()
  })

  await test.step('whoever signs out leaves nothing behind', async () => {
    await page.getByRole('button', { name: 'Turn on' }).click()
    await expect(page.getByText('You are notified on this device, also while')).toBeVisible()
    await page.getByRole('button', { name: 'Send me a test' }).click()
    const late = await service.next('test')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page).toHaveURL(/sign-in/)
    await expect.poll(() => page.evaluate(() => localStorage.getItem('push-subscription'))).toBeNull()
    await bring(late)
    await page.waitForTimeout(1_000)
    expect(await shownBy(worker)).toEqual([])
  })
  await service.stop()

  function bring(payload: PushPayload): Promise<void> {
    return deliver(blank, server.base, payload)
  }
  function clearShown(): Promise<void> {
    return worker.evaluate(async () => {
      const { registration } = globalThis as WorkerScope
      for (const shown of await registration.getNotifications()) shown.close()
    })
  }
})
