import type { Page } from '@playwright/test'
import { addMember, newMessageId, startChat, write } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { message, openChat, send, stream } from './screens/chat.ts'

const HISTORY = 160
const READ = 120
const line = (number: number) => `Line ${String(number).padStart(3, '0')} of the long story`

/** Where a message stands once scrolling has come to rest. */
async function restingTop(page: Page, text: string): Promise<number> {
  const top = async () => (await message(page, text).boundingBox())!.y
  let at = await top()
  await expect
    .poll(
      async () => {
        const before = at
        at = await top()
        return at - before
      },
      { intervals: [150] },
    )
    .toBe(0)
  return at
}

test('a long chat opens where reading stopped, and jumps to its end when asked', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, ...Array.from({ length: HISTORY }, (_, index) => line(index + 1)))
  const body = { delivered: HISTORY, seen: READ }
  await callRoute(admin.base, 'raiseMarksOf', { params: { conversationId: chat }, body }, admin.token)

  const page = await newPerson(admin)
  await openChat(page, chat)
  await expect(page.getByRole('separator').filter({ hasText: '40 unread messages' })).toBeInViewport()
  await expect(message(page, line(READ + 1))).toBeInViewport()
  await expect(message(page, line(HISTORY))).not.toBeInViewport()

  const jump = page.getByRole('button', { name: /^Jump to latest, \d+ unread$/ })
  await expect(jump).toBeVisible()
  await jump.click()
  await expect(message(page, line(HISTORY))).toBeInViewport()
  await expect(page.getByRole('button', { name: /^Jump to latest/ })).toBeHidden()
  await expect(page.getByRole('link', { name: /Rafael/ }).getByRole('img', { name: /unread/ })).toBeHidden()
})

test('scrolling up loads older messages without moving what is on the screen @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, ...Array.from({ length: HISTORY }, (_, index) => line(index + 1)))
  const body = { delivered: HISTORY, seen: HISTORY }
  await callRoute(admin.base, 'raiseMarksOf', { params: { conversationId: chat }, body }, admin.token)

  const page = await newPerson(admin)
  await openChat(page, chat)
  await expect(message(page, line(HISTORY))).toBeInViewport()

  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const older = page.waitForRequest(/\/messages\?.*before=/)
  await page.route(/\/messages\?.*before=/, async (route) => {
    await held
    await route.continue()
  })
  await stream(page).hover()
  while (!(await settled(page, older))) await page.mouse.wheel(0, -400)
  const shown = await firstInView(page)
  const before = await restingTop(page, shown)
  const height = await heightOf(page)
  const answered = page.waitForResponse(/\/messages\?.*before=/)
  release()
  await answered
  await expect.poll(() => heightOf(page), 'there is more to scroll').toBeGreaterThan(height + 500)
  await expect(page.getByText('Loading older messages…')).toBeHidden()
  const after = await restingTop(page, shown)
  expect(Math.abs(after - before), `moved from ${before} to ${after}`).toBeLessThanOrEqual(2)

  await test.step('up to the very beginning', async () => {
    await page.unroute(/\/messages\?.*before=/)
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, -3_000)
        return message(page, line(1)).isVisible()
      })
      .toBe(true)
    await expect(page.getByText('This is the beginning of your chat with Rafael.')).toBeVisible()
  })
})

test('what arrives below while reading above is counted, and does not pull the reader down @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, ...Array.from({ length: 40 }, (_, index) => line(index + 1)))
  const page = await newPerson(admin)
  await openChat(page, chat)
  await page.getByRole('button', { name: /^Jump to latest/ }).click()
  await expect(message(page, line(40))).toBeInViewport()
  await stream(page).hover()
  await page.mouse.wheel(0, -900)
  await expect(page.getByRole('button', { name: 'Jump to latest', exact: true })).toBeVisible()
  const shown = await firstInView(page)
  const before = await restingTop(page, shown)
  await write(rafael, chat, 'News from the harbour')
  await expect(page.getByRole('button', { name: 'Jump to latest, 1 unread' })).toBeVisible()
  expect(Math.abs((await restingTop(page, shown)) - before)).toBeLessThanOrEqual(2)

  await send(page, 'I was reading')
  await expect(message(page, 'I was reading'), 'the own message is always shown').toBeInViewport()
})

test('whoever jumps on before a message has come is not pulled back to it @screen', async ({
  admin,
  newPerson,
}) => {
  const [rafael, zofia] = [await addMember(admin, 'Rafael'), await addMember(admin, 'Zofia')]
  const [chat, other] = [await startChat(admin, rafael), await startChat(admin, zofia)]
  const star = async (conversationId: string, text: string) => {
    const params = { messageId: newMessageId() }
    const body = { id: params.messageId, text }
    await callRoute(admin.base, 'sendMessageByRequest', { params: { conversationId }, body }, admin.token)
    await callRoute(admin.base, 'starMessage', { params, body: { starred: true } }, admin.token)
  }
  const filler = (count: number) => Array.from({ length: count }, (_, index) => line(index + 1))
  await star(chat, 'The first place')
  await write(admin, chat, ...filler(99))
  await star(chat, 'The second place')
  await write(admin, chat, ...filler(200))
  await star(other, 'The other chat')
  const page = await newPerson(admin)
  await openChat(page, chat)
  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'Starred messages' }).click()
  const starred = page.getByRole('region', { name: 'Starred messages' }).getByRole('listitem')
  const jumpTo = (text: string) => starred.filter({ hasText: text }).getByRole('link').click()
  await expect(starred).toHaveCount(3)

  /** Answers that bring what was jumped to, each let go by hand. */
  const held: (() => void)[] = []
  const far = /\/messages\?.*\bfrom=(1|76)\b/
  await page.route(far, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve))
    await route.continue()
  })
  async function letGo(index: number): Promise<void> {
    const answered = page.waitForResponse(far)
    held[index]!()
    await (await answered).finished()
    await page.waitForTimeout(300)
  }

  await test.step('to another message', async () => {
    await jumpTo('The first place')
    await expect.poll(() => held.length).toBe(1)
    await jumpTo('The second place')
    await expect.poll(() => held.length).toBe(2)
    await letGo(1)
    await expect(message(page, 'The second place')).toBeInViewport()
    await letGo(0)
    await expect(message(page, 'The second place')).toBeInViewport()
    await expect(message(page, 'The second place'), 'what was asked for stands out').toHaveClass(/\bfound\b/)
  })

  await test.step('to another chat', async () => {
    await jumpTo('The first place')
    await expect.poll(() => held.length).toBe(3)
    await jumpTo('The other chat')
    await expect(message(page, 'The other chat')).toBeInViewport()
    await letGo(2)
    await expect(page).toHaveURL(`/chats?c=${other}`)
    await expect(message(page, 'The other chat')).toBeInViewport()
  })
})

async function settled(page: Page, promise: Promise<unknown>): Promise<boolean> {
  const asked = promise.then(() => true)
  return Promise.race([asked, page.waitForTimeout(60).then(() => false)])
}

/** The text of the topmost message that is wholly on the screen. */
const firstInView = (page: Page) =>
  stream(page).evaluate((log) => {
    const top = log.getBoundingClientRect().top
    const rows = [...log.querySelectorAll('[data-message]')]
    const row = rows.find((one) => one.getBoundingClientRect().top >= top + 40)
    return /Line \d+ of the long story/.exec(row?.textContent ?? '')?.[0] ?? ''
  })

const heightOf = (page: Page) => stream(page).evaluate((log) => log.scrollHeight)
