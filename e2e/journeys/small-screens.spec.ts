import type { BrowserContextOptions, Page } from '@playwright/test'
import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { chatRow, composer, expectOnline, message, openChat, send } from './screens/chat.ts'

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 3,
}
/** 320 CSS pixels: a small phone, or a desk at 400 %. */
const NARROW: BrowserContextOptions = {
  viewport: { width: 320, height: 568 },
  hasTouch: true,
  isMobile: true,
}
/** A 1280 pixels wide desk at 200 %. */
const ZOOMED: BrowserContextOptions = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }
const LONG = 'Farah Abdullah-Montgomery of the night desk and partner offices'
const NO_BREAK = `https://fares.example/${'very-long-path-'.repeat(12)}`

const tabs = (page: Page) => page.getByRole('navigation', { name: 'Main' })
const pages = [
  '/chats',
  '/people',
  '/admin/people',
  '/admin/departments',
  '/admin/organisation',
  '/settings',
  '/settings?s=profile',
  '/settings?s=password',
  '/settings?s=sessions',
  '/settings?s=appearance',
]
const doors = ['/sign-in', '/sign-up', '/forgot', '/join#abc', '/reset']

/** No page may be wider than its window, nor hide a control beside it. */
async function expectFits(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth > width)
      return [`the page: ${document.documentElement.scrollWidth} px`]
    const scrolls = (element: Element) => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true
      return false
    }
    return [...document.querySelectorAll('button, a, input, textarea, select, h1, h2, [role="article"]')]
      .filter((one) => {
        const { right, left, width: own } = one.getBoundingClientRect()
        const hidden = getComputedStyle(one).visibility === 'hidden' || own <= 1
        return !hidden && (right > width + 1 || left < -1) && !scrolls(one)
      })
      .map((one) => `${one.tagName} ${one.getAttribute('aria-label') ?? one.textContent.slice(0, 40)}`)
  })
  expect(wide, `${page.url()} at ${page.viewportSize()?.width ?? 0} px`).toEqual([])
}

test('on a phone one pane shows at a time, back goes back, and tabs lead everywhere @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Hello from the harbour')
  const page = await newPerson(admin, PHONE)
  await expect(tabs(page).getByRole('link')).toHaveText([/Chats/, /People/, /Admin/, /You/])
  await expect(composer(page)).toBeHidden()

  await chatRow(page, 'Rafael').tap()
  await expect(message(page, 'Hello from the harbour')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Chats', level: 1 })).toBeHidden()
  await composer(page).tap()
  await composer(page).pressSequentially('One')
  await composer(page).press('Enter')
  await composer(page).pressSequentially('two')
  await expect(composer(page), 'Enter breaks the line on a phone').toHaveValue('One\ntwo')
  await page.getByRole('button', { name: 'Send' }).tap()
  await expect(message(page, 'One')).toContainText('two')

  await page.getByRole('button', { name: 'Back to chats' }).tap()
  await expect(page.getByRole('heading', { name: 'Chats', level: 1 })).toBeVisible()
  await chatRow(page, 'Rafael').tap()
  await expect(composer(page)).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Chats', level: 1 })).toBeVisible()

  await tabs(page).getByRole('link', { name: 'You' }).tap()
  await page.getByRole('link', { name: 'Appearance' }).tap()
  await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible()
  await page.getByRole('button', { name: 'Back' }).tap()
  await expect(page.getByRole('link', { name: 'Password' })).toBeVisible()
})

/** Controls whose area for a finger, which may be larger than what is painted, is less than 44 px high or wide. */
const tooSmall = () =>
  [...document.querySelectorAll('button, a[href], input, textarea, select')]
    .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((one) => !one.closest('.skip, .sr, .words, [role="toolbar"]'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.top > 22 && box.bottom < innerHeight - 22)
    .filter(({ one, box }) => {
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      const takes = (atX: number, atY: number) => {
        const there = document.elementFromPoint(atX, atY)
        return there !== null && (one.contains(there) || there.closest('label')?.contains(one) === true)
      }
      const high = box.height >= 43.5 || (takes(x, y - 21) && takes(x, y + 21))
      const wide = box.width >= 43.5 || (takes(x - 21, y) && takes(x + 21, y))
      return !high || !wide
    })
    .map(
      ({ one, box }) => `${one.getAttribute('aria-label') ?? one.textContent} ${box.width} x ${box.height}`,
    )

test('on a phone the name in a chat opens their details, and back leads to the chat @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const page = await newPerson(admin, PHONE)
  await openChat(page, chat)
  await page.getByRole('button', { name: 'Rafael', exact: true }).tap()
  const contact = page.getByRole('complementary', { name: 'Contact' })
  await expect(contact.getByRole('link', { name: rafael.email })).toBeVisible()
  const close = contact.getByRole('button', { name: 'Close details' })
  expect((await close.boundingBox())!.x, 'at the start, where back is').toBeLessThan(40)
  await close.tap()
  await expect(contact).toBeHidden()
  await expect(composer(page)).toBeVisible()
})

test('in the administration only the strip of sections stays on a small screen @screen', async ({
  admin,
  newPerson,
}) => {
  const page = await newPerson(admin, NARROW)
  await page.goto('/admin/organisation')
  const here = page
    .getByRole('navigation', { name: 'Admin sections' })
    .getByRole('link', { name: 'Organisation' })
  await expect(here).toBeInViewport({ ratio: 1 })
  await page.goto('/admin/people')
  const search = page.getByRole('searchbox', { name: 'Search people' })
  await expect(search).toBeInViewport()
  await page.getByRole('heading', { name: 'Members' }).scrollIntoViewIfNeeded()
  await expect(search, 'the search scrolls away').not.toBeInViewport()
  await expect(page.getByRole('link', { name: 'Departments' })).toBeInViewport()
})

test('on a phone every button is big enough for a finger @screen', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Hello')
  const page = await newPerson(admin, PHONE)
  for (const address of ['/chats', `/chats?c=${chat}`, '/people', '/settings']) {
    await page.goto(address)
    await expect(page.getByRole('link').or(page.getByRole('button')).first()).toBeVisible()
    if (address.includes('?c=')) await expect(composer(page)).toBeVisible()
    const small = await page.evaluate(tooSmall)
    expect(small, address).toEqual([])
  }
})

for (const [name, size] of Object.entries({ phone: PHONE, '320 px': NARROW, '200 % zoom': ZOOMED })) {
  test(`nothing is cut off or scrolls sideways: ${name} @screen`, async ({
    admin,
    newPerson,
    newVisitor,
  }) => {
    const farah = await addMember(admin, LONG)
    const chat = await startChat(admin, farah)
    await write(farah, chat, NO_BREAK, `Wörter ${'x'.repeat(400)}`)
    const visitor = await newVisitor(size)
    for (const address of doors) {
      await visitor.goto(address)
      await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible()
      await expectFits(visitor)
    }
    const page = await newPerson(admin, size)
    for (const address of pages) {
      await page.goto(address)
      await expect(page.getByRole('heading').first()).toBeVisible()
      await expectFits(page)
    }
    await openChat(page, chat)
    await expect(message(page, 'xxxx')).toBeVisible()
    await expectFits(page)
    await send(page, 'y'.repeat(300)).catch(() => page.getByRole('button', { name: 'Send' }).click())
    await expect(message(page, 'yyyy')).toBeVisible()
    await expectFits(page)
  })
}

test('the pages mirror themselves for right-to-left languages @screen', async ({ admin, newPerson }) => {
  const layla = await addMember(admin, 'ليلى')
  const chat = await startChat(admin, layla)
  await write(layla, chat, 'Morning')
  await write(admin, chat, 'My own')
  // There is no such language yet; the layout has to be ready for it.
  for (const size of [PHONE, {}]) {
    const page = await newPerson(admin, size)
    await openChat(page, chat)
    await page.evaluate(() => (document.documentElement.dir = 'rtl'))
    await expectFits(page)
    const x = async (text: string) => (await message(page, text).locator('.bubble').boundingBox())!.x
    expect(await x('My own'), 'own messages stand at the end side').toBeLessThan(await x('Morning'))
  }
})

test('the theme follows the system, can be fixed, and is there before anything is painted @screen', async ({
  admin,
  newPerson,
}) => {
  const page = await newPerson(admin, { colorScheme: 'dark' })
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme'])
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expectOnline(page)
  expect(await theme()).toBe('dark')
  const dark = await background()
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(theme).toBe('light')
  expect(await background()).not.toBe(dark)
  await page.goto('/settings?s=appearance')
  await page.getByText('Dark', { exact: true }).click()
  await expect.poll(theme).toBe('dark')
  await page.reload({ waitUntil: 'commit' })
  await expect.poll(theme).toBe('dark')
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
})

test('nothing moves for people who ask for less motion @screen', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const page = await newPerson(admin, { reducedMotion: 'reduce' })
  await openChat(page, chat)
  await send(page, 'Hello')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { animationName, animationDuration, animationIterationCount, transitionDuration } =
          getComputedStyle(one)
        const long = (durations: string) => durations.split(',').some((one) => parseFloat(one) > 0.01)
        const animated =
          animationName !== 'none' && long(animationDuration) && animationIterationCount !== '1'
        return animated || long(transitionDuration)
      }).length,
  )
  expect(moving).toBe(0)
})
