import type { Page } from '@playwright/test'
import { addMember, createOrganisation, startChat, write } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { chatList, composer, message, openChat, send, stream } from './screens/chat.ts'
import { chooseOf } from './screens/message-menu.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** By the name that it begins with: what is said in one chat may name another. */
const chatRow = (page: Page, name: string) =>
  chatList(page).getByRole('link', { name: new RegExp(`^${name}\\b`) })

/** From the menu of a chat's row, as a right click opens it. */
async function chooseOfRow(page: Page, name: string, act: string): Promise<void> {
  await chatRow(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}

/** From the menu of the open chat. */
async function chooseOfChat(page: Page, name: string, act: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: `Options for ${name}` })
    .click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}

const mark = (page: Page, name: string, what: string | RegExp) =>
  chatRow(page, name).getByRole('img', { name: what })

test('what one wants of chats shows on all one’s devices and on nobody else’s', async ({
  server,
  newPerson,
}) => {
  test.setTimeout(180_000)
  const admin = await createOrganisation(server.base)
  const [mei, luca] = [await addMember(admin, 'Mei'), await addMember(admin, 'Luca')]
  const withMei = await startChat(admin, mei)
  await write(mei, withMei, 'Good morning')
  const { id: group } = await callRoute(
    server.base,
    'createGroup',
    { body: { name: 'Lisbon', description: '', memberIds: [mei.memberId, luca.memberId] } },
    admin.token,
  )
  await write(luca, group, 'Who drives?')
  const [amina, phone] = [await newPerson(admin), await newPerson(admin, PHONE)]
  const meis = await newPerson(mei)

  await test.step('a pinned chat stands first', async () => {
    await expect(chatList(amina).getByRole('link').first()).toContainText('Lisbon')
    await chooseOfRow(amina, 'Mei', 'Pin chat')
    await expect(chatList(amina).getByRole('link').first()).toContainText('Mei')
    await expect(mark(phone, 'Mei', 'Pinned')).toBeVisible()
    await expect(mark(meis, 'Amina', 'Pinned')).toBeHidden()
  })

  await test.step('a muted one says so, and its messages are in no count', async () => {
    await expect(amina).toHaveTitle(/^\(2\)/)
    await chooseOfRow(amina, 'Lisbon', 'Mute…')
    await amina.getByRole('dialog').getByText('1 week').click()
    await amina.getByRole('dialog').getByRole('button', { name: 'Mute' }).click()
    await expect(mark(amina, 'Lisbon', 'Muted')).toBeVisible()
    await expect(mark(phone, 'Lisbon', 'Muted')).toBeVisible()
    await expect(amina).toHaveTitle(/^\(1\)/)
  })

  await test.step('an archived one is folded away, without a network too, until somebody is mentioned', async () => {
    await amina.context().setOffline(true)
    await chooseOfRow(amina, 'Lisbon', 'Archive chat')
    await expect(chatRow(amina, 'Lisbon')).toHaveCount(0)
    await amina.context().setOffline(false)
    await expect(chatRow(phone, 'Lisbon')).toHaveCount(0)
    await write(luca, group, 'Nobody?')
    await phone.getByRole('button', { name: /^Archived/ }).tap()
    const away = phone.getByRole('region', { name: 'Archived' })
    await expect(away.getByRole('link')).toContainText('Nobody?')
    await openChat(meis, group)
    await composer(meis).pressSequentially('@Ami')
    await expect(meis.getByRole('option', { name: 'Amina' })).toHaveAttribute('aria-selected', 'true')
    await meis.keyboard.press('Enter')
    await meis.keyboard.type('you do')
    await meis.keyboard.press('Enter')
    await expect(chatRow(amina, 'Lisbon')).toContainText('you do')
    await expect(phone.getByText('No archived chats')).toBeVisible()
    await phone.getByRole('button', { name: 'Back to all chats' }).tap()
    await expect(chatRow(phone, 'Lisbon')).toBeVisible()
  })

  await test.step('marked unread until it is opened', async () => {
    await openChat(amina, withMei)
    await expect(mark(phone, 'Mei', /unread/)).toBeHidden()
    await chooseOfRow(amina, 'Mei', 'Mark as unread')
    await expect(amina).toHaveURL('/chats')
    await expect(mark(phone, 'Mei', 'Marked as unread')).toBeVisible()
    await chatRow(phone, 'Mei').tap()
    await expect(composer(phone)).toBeVisible()
    await expect(mark(amina, 'Mei', 'Marked as unread')).toBeHidden()
  })

  await test.step('cleared for oneself, by hand on a phone', async () => {
    await chooseOfChat(phone, 'Mei', 'Clear chat…')
    await phone.getByRole('dialog').getByRole('button', { name: 'Clear chat' }).tap()
    await expect(phone.getByText('Nothing has been said here yet.')).toBeVisible()
    await expect(chatRow(amina, 'Mei')).toContainText('No messages yet')
    await openChat(meis, withMei)
    await expect(message(meis, 'Good morning')).toBeVisible()
  })
})

test('messages are starred and found again, deleted for oneself, and set to disappear', async ({
  admin,
  newPerson,
}) => {
  test.setTimeout(180_000)
  const mei = await addMember(admin, 'Mei')
  const chat = await startChat(admin, mei)
  await write(mei, chat, 'The password is on the wall', 'Never mind this one')
  const [amina, phone, meis] = [await newPerson(admin), await newPerson(admin, PHONE), await newPerson(mei)]
  for (const page of [amina, meis]) await openChat(page, chat)

  await test.step('starred without a network, found in the list of another device, which leads to it', async () => {
    await amina.context().setOffline(true)
    await chooseOf(amina, message(amina, 'on the wall'), 'Star')
    await expect(message(amina, 'on the wall').getByRole('img', { name: 'Starred' })).toBeVisible()
    await amina.context().setOffline(false)
    await phone.getByRole('button', { name: 'More', exact: true }).tap()
    await phone.getByRole('menuitem', { name: 'Starred messages' }).tap()
    const found = phone.getByRole('region', { name: 'Starred messages' })
    await expect(found).toContainText('The password is on the wall')
    await found.getByRole('link').tap()
    await expect(message(phone, 'on the wall')).toBeInViewport()
    await expect(message(meis, 'on the wall').getByRole('img', { name: 'Starred' })).toHaveCount(0)
  })

  await test.step('deleted for oneself: gone from all one’s devices and the preview, and there for the other', async () => {
    await chooseOf(amina, message(amina, 'Never mind'), 'Delete for me')
    await amina.getByRole('dialog').getByRole('button', { name: 'Delete for me' }).click()
    for (const page of [amina, phone]) await expect(message(page, 'Never mind')).toHaveCount(0)
    await expect(chatRow(amina, 'Mei')).toContainText('on the wall')
    await expect(message(meis, 'Never mind')).toBeVisible()
  })

  await test.step('from now on messages disappear: a line says who decided, a mark which do', async () => {
    await chooseOfChat(amina, 'Mei', 'Disappearing messages…')
    await amina.getByRole('dialog').getByText('24 hours').click()
    await amina.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(stream(meis).getByText('Amina set messages to disappear after 24 hours')).toBeVisible()
    await send(meis, 'Gone tomorrow')
    await expect(message(amina, 'Gone tomorrow').getByRole('img', { name: /^Disappears/ })).toBeVisible()
    await expect(message(amina, 'on the wall').getByRole('img', { name: /^Disappears/ })).toHaveCount(0)
  })

  await test.step('a star goes with its message when that is deleted for everyone', async () => {
    await chooseOf(meis, message(meis, 'on the wall'), 'Delete for everyone')
    await meis.getByRole('dialog').getByRole('button', { name: 'Delete for everyone' }).click()
    await amina.getByRole('button', { name: 'More', exact: true }).first().click()
    await amina.getByRole('menuitem', { name: 'Starred messages' }).click()
    await expect(amina.getByText('No starred messages')).toBeVisible()
  })
})
