import type { Page } from '@playwright/test'
import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { chatList, composer, message, messages } from './screens/chat.ts'

/** Presses a key until this has the focus. */
async function reach(page: Page, name: string | RegExp, key = 'Tab', most = 40): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(key)
    const label = await page.evaluate(() => {
      const here = document.activeElement
      const labels = here instanceof HTMLInputElement ? here.labels : null
      return here?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? here?.textContent ?? ''
    })
    if (typeof name === 'string' ? label === name : name.test(label)) return
  }
  throw new Error(`${key} does not lead to ${String(name)}.`)
}

/** What has the focus can be told from what has not. */
async function expectFocusShows(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const rings = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    }
    const bubble = document.activeElement?.querySelector(':scope > * > .bubble')
    if (bubble) return rings(bubble)
    for (let at = document.activeElement; at && !at.matches('form, main, aside, nav'); at = at.parentElement)
      if (rings(at)) return true
    return false
  })
  const what = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160))
  expect(shown, `focus shows on ${what ?? 'nothing'}`).toBe(true)
}

test('from signing in to a sent message without a mouse @screen', async ({ admin, newVisitor }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Hello')
  const page = await newVisitor()
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await reach(page, 'E-mail')
  await expectFocusShows(page)
  await page.keyboard.type(admin.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(admin.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Chats', level: 1 })).toBeVisible()
  await expect(chatList(page).getByRole('link')).toHaveCount(1)

  await reach(page, /^Rafael|Rafael.*Hello/)
  await expectFocusShows(page)
  await page.keyboard.press('Enter')
  await expect(message(page, 'Hello')).toBeVisible()
  await expect(composer(page), 'one can write at once').toBeFocused()
  await page.keyboard.type('Written without a mouse')
  await page.keyboard.press('Enter')
  await expect(message(page, 'Written without a mouse')).toBeVisible()

  await test.step('messages are reached by the arrow keys, their actions by Tab', async () => {
    await reach(page, 'Messages', 'Shift+Tab')
    await page.keyboard.press('ArrowUp')
    await expect(messages(page).last()).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(message(page, 'Hello')).toBeFocused()
    await expectFocusShows(page)
    await page.keyboard.press('Tab')
    await expect(message(page, 'Hello').getByRole('toolbar').getByRole('button').first()).toBeFocused()
  })
})

test('Ctrl K finds people, chats and actions, and Escape leaves as it was @screen', async ({
  admin,
  newPerson,
}) => {
  await addMember(admin, 'Rafael')
  await addMember(admin, 'Zoë Müller')
  const page = await newPerson(admin)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find people, chats and messages' })
  const ask = palette.getByRole('combobox', { name: 'Find people, chats and messages' })
  await expect(ask).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('zoe mull')
  await expect(palette.getByRole('option', { name: /Zoë Müller/ })).toHaveAttribute('aria-selected', 'true')
  await expect(palette.getByRole('status')).toHaveText('1 result')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Zoë Müller' })).toBeVisible()
  await expect(composer(page)).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('no such thing')
  await expect(palette.getByRole('heading', { name: 'Nothing found for “no such thing”' })).toBeVisible()
  await expect(palette.getByText('Try fewer words, or a part of one.')).toBeVisible()
  await ask.fill('')
  await expect(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(palette.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(palette.getByRole('option').last()).toHaveAttribute('aria-selected', 'true')
  await ask.fill('settings')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings/)
})

test('the chat list is one stop for Tab, and the arrow keys walk through it @screen', async ({
  admin,
  newPerson,
}) => {
  for (const name of ['Mei', 'Rafael', 'Zofia']) {
    const member = await addMember(admin, name)
    await write(member, await startChat(admin, member), `From ${name}`)
  }
  const page = await newPerson(admin)
  const rows = chatList(page).getByRole('link')
  await expect(rows).toHaveCount(3)
  await reach(page, /From Zofia/)
  await expect(rows.nth(0)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(rows.nth(2)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(2)).toBeFocused()
  await page.keyboard.press('Home')
  await expect(rows.nth(0)).toBeFocused()
  await expectFocusShows(page)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Pin chat' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rows.nth(0)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(chatList(page).locator(':focus')).toHaveCount(0)
})

test('dialogs, menus and panes close by Escape and give the focus back @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  await startChat(admin, rafael)
  const page = await newPerson(admin)
  await page.goto('/admin/people')
  const more = page.getByRole('button', { name: 'More for Rafael' })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(more).toBeFocused()

  const add = page.getByRole('button', { name: 'Add a member' })
  await add.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(add).toBeFocused()

  await page.goto('/people')
  await page.getByRole('link', { name: /Rafael/ }).focus()
  await page.keyboard.press('Enter')
  const contact = page.getByRole('complementary', { name: 'Contact' })
  await expect(contact).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(contact).toBeHidden()
})

test('the first Tab offers to skip to the content @screen', async ({ admin, newPerson }) => {
  const page = await newPerson(admin)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})
