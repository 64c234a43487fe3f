import type { Page } from '@playwright/test'
import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { chatList, composer, message, messages } from './screens/chat.ts'
import { expectFocusShows, reach, walkTo } from './screens/keys.ts'

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

  await test.step('a reaction is chosen by the arrow keys, and the message has the focus again', async () => {
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: '👍' }).first()).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('dialog').getByRole('button', { name: '❤️' })).toBeFocused()
    await expectFocusShows(page)
    await page.keyboard.press('Enter')
    await expect(message(page, 'Hello').getByRole('button', { name: /❤️/ })).toBeVisible()
    await expect(message(page, 'Hello')).toBeFocused()
  })

  await test.step('its menu is walked through by the arrow keys, and gives the focus back', async () => {
    await openMenuByKey(page)
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Forward' })).toBeFocused()
    await expectFocusShows(page)
    await page.keyboard.press('Escape')
    await expect(message(page, 'Hello')).toBeFocused()
    await openMenuByKey(page)
    await walkTo(page, 'Star')
    await expect(message(page, 'Hello').getByRole('img', { name: 'Starred' })).toBeVisible()
    await expect(message(page, 'Hello')).toBeFocused()
  })

  await test.step('a pane beside the chat has the focus, and gives it back to the message', async () => {
    await openMenuByKey(page)
    await walkTo(page, 'Message info')
    await expect(page.getByRole('button', { name: 'Close details' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(message(page, 'Hello')).toBeFocused()
  })

  await test.step('letters answer and edit as the menu says, and Escape ends just that', async () => {
    await page.keyboard.press('r')
    await expect(composer(page)).toBeFocused()
    await expect(page.getByRole('button', { name: 'Do not answer this' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Do not answer this' })).toBeHidden()
    await reach(page, 'Messages', 'Shift+Tab')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('e')
    await expect(composer(page)).toHaveValue('Written without a mouse')
    await page.keyboard.press('Escape')
    await expect(composer(page)).toHaveValue('')
  })

  await test.step('several are chosen by Space, and what is deleted leaves the focus to its neighbour', async () => {
    await reach(page, 'Messages', 'Shift+Tab')
    await page.keyboard.press('ArrowUp')
    await openMenuByKey(page)
    await walkTo(page, 'Select')
    await expect(message(page, 'Written without a mouse')).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    await expect(page.getByRole('toolbar', { name: 'Chosen messages' })).toContainText('2 messages')
    await page.keyboard.press('Escape')
    await expect(composer(page)).toBeFocused()
    await reach(page, 'Messages', 'Shift+Tab')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect(message(page, 'Hello')).toBeFocused()
    await openMenuByKey(page)
    await walkTo(page, 'Delete for me')
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
    await reach(page, 'Delete for me')
    await page.keyboard.press('Enter')
    await expect(message(page, 'Hello')).toHaveCount(0)
    await expect(message(page, 'Written without a mouse')).toBeFocused()
  })
})

/** Of the message that has the focus. */
async function openMenuByKey(page: Page): Promise<void> {
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeFocused()
}

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
  await expect(contact.getByRole('button', { name: 'Close details' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(contact).toBeHidden()
  await expect(page.getByRole('link', { name: /Rafael/ })).toBeFocused()
})

test('a setting that is changed by key keeps the focus @screen', async ({ admin, newPerson }) => {
  const page = await newPerson(admin)
  await page.goto('/admin/communication')
  const previews = page.getByRole('switch', { name: 'Previews of linked pages' })
  await previews.focus()
  for (const on of ['true', 'false']) {
    await page.keyboard.press('Space')
    await expect(previews).toHaveAttribute('aria-checked', on)
    await expect(page.getByText('Saved').first()).toBeVisible()
    await expect(previews).toBeFocused()
  }
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
