import { addMember, startChat, write } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { chatRow, composer, message, messages, openChat, stream } from './screens/chat.ts'
import { expectFocusShows, reach, walkTo } from './screens/keys.ts'

test('a chat marked as unread leaves the focus on its row, and Escape leaves what lies over the list @screen', async ({
  admin,
  newPerson,
}) => {
  const [rafael, mei] = [await addMember(admin, 'Rafael'), await addMember(admin, 'Mei')]
  const [chat, away] = [await startChat(admin, rafael), await startChat(admin, mei)]
  await write(rafael, chat, 'Hello')
  await write(mei, away, 'Old news')
  const page = await newPerson(admin)
  const firstItem = page.getByRole('menuitem').first()
  const markUnread = async () => {
    await page.keyboard.press('Enter')
    await expect(firstItem).toBeFocused()
    await walkTo(page, 'Mark as unread')
    await expect(page).toHaveURL('/chats')
    await expect(chatRow(page, 'Rafael').getByRole('img', { name: 'Marked as unread' })).toBeVisible()
    await expect(chatRow(page, 'Rafael')).toBeFocused()
    await page.waitForTimeout(400)
    await expect(chatRow(page, 'Rafael'), 'and keeps it').toBeFocused()
  }

  await test.step('from the chat itself', async () => {
    await openChat(page, chat)
    await page.getByRole('main').getByRole('button', { name: 'Options for Rafael' }).focus()
    await markUnread()
    await expectFocusShows(page)
  })

  await test.step('from its row, of the chat that is open and of another', async () => {
    await page.keyboard.press('Enter')
    await expect(composer(page)).toBeFocused()
    await chatRow(page, 'Rafael').focus()
    await page.keyboard.press('ArrowRight')
    await markUnread()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(firstItem).toHaveText('Mark as read')
    await walkTo(page, 'Mark as read')
    await expect(chatRow(page, 'Rafael')).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await markUnread()
  })

  const archive = page.getByRole('button', { name: /^Archived/ })
  await test.step('the archived chats', async () => {
    const body = { archived: 1 }
    await callRoute(
      admin.base,
      'changeChatPreference',
      { params: { conversationId: away }, body },
      admin.token,
    )
    await archive.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Back to all chats' })).toBeFocused()
    const row = page.getByRole('region', { name: 'Archived' }).getByRole('link')
    await row.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
    await expect(row, 'the menu took it').toBeFocused()
    await page.keyboard.press('Escape')
    await expect(archive).toBeFocused()
    await expectFocusShows(page)
  })

  await test.step('the starred messages', async () => {
    const more = page
      .getByRole('complementary', { name: 'Chats' })
      .getByRole('button', { name: 'More', exact: true })
    await more.focus()
    await page.keyboard.press('Enter')
    await expect(firstItem).toBeFocused()
    await walkTo(page, 'Starred messages')
    await expect(page.getByRole('button', { name: 'Back to all chats' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(more).toBeFocused()
    await expectFocusShows(page)
  })
})

test('a chat is one stop for Tab, and so is all but the message that has the focus @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'See https://one.example/', 'or https://two.example/ and https://three.example/')
  await write(rafael, chat, 'but not https://four.example/')
  const page = await newPerson(admin)
  await openChat(page, chat)
  await expect(composer(page)).toBeFocused()
  const link = (host: string) => page.getByRole('link', { name: `https://${host}.example/` })
  const inMessages = messages(page).locator(':focus')

  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press('Shift+Tab')
    await expect(inMessages).toHaveCount(0)
    if (await stream(page).evaluate((log) => log === document.activeElement)) break
  }
  await expect(stream(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(stream(page).locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(stream(page)).toBeFocused()

  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(message(page, 'two.example')).toBeFocused()
  for (const host of ['two', 'three']) {
    await page.keyboard.press('Tab')
    await expect(link(host)).toBeFocused()
    await expectFocusShows(page)
  }
  await reach(page, 'More')
  await expect(message(page, 'two.example').locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(stream(page).locator(':focus')).toHaveCount(0)
  await message(page, 'four.example').getByRole('link').click({ trial: true })
})
