import type { Page } from '@playwright/test'
import { expectAccessible } from './setup/accessible.ts'
import { addMember, createOrganisation, startChat, write } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { chatRow, composer, message, openMessageInfo, send, stream } from './screens/chat.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const line = (page: Page, text: string) => stream(page).getByText(text, { exact: true })

test('three people make a group, call one another by name, and one of them is removed while writing', async ({
  server,
  newPerson,
}) => {
  test.setTimeout(180_000)
  const admin = await createOrganisation(server.base)
  const [mei, luca] = [await addMember(admin, 'Mei'), await addMember(admin, 'Luca')]
  const amina = await newPerson(admin)
  const meis = await newPerson(mei, PHONE)
  const lucas = await newPerson(luca)

  await test.step('Amina chooses two people and names the group, by keyboard alone', async () => {
    await amina.getByRole('button', { name: 'New chat' }).first().click()
    await amina.getByRole('option', { name: 'New group' }).click()
    await expect(amina.getByRole('option', { name: 'Mei' })).toBeVisible()
    await expectAccessible(amina)
    await amina.keyboard.type('mei')
    await amina.keyboard.press('Enter')
    await amina.keyboard.type('luca')
    await amina.keyboard.press('Enter')
    await amina.getByRole('button', { name: 'Next, 2 chosen' }).click()
    await amina.getByRole('textbox', { name: 'Name' }).fill('Lisbon')
    await amina.keyboard.press('Enter')
    await expect(line(amina, 'You created the group “Lisbon”')).toBeVisible()
  })

  await test.step('the others have it, and what is told of it is not unread', async () => {
    await expect(chatRow(meis, 'Lisbon')).toContainText('Amina created the group “Lisbon”')
    await expect(chatRow(meis, 'Lisbon').getByRole('img', { name: /unread/ })).toBeHidden()
    await chatRow(lucas, 'Lisbon').click()
    await expect(composer(lucas)).toBeVisible()
  })

  await test.step('a name is offered while it is typed, and calls whom it names', async () => {
    await composer(amina).fill('Could you look, @')
    await amina.keyboard.type('me')
    await expect(amina.getByRole('option', { name: 'Mei' })).toHaveAttribute('aria-selected', 'true')
    await amina.keyboard.press('Enter')
    await amina.keyboard.type('and thanks')
    await amina.keyboard.press('Enter')
    await expect(message(amina, 'Could you look, @Mei and thanks')).toBeVisible()
    await expect(chatRow(meis, 'Lisbon').getByRole('img', { name: 'You are mentioned' })).toBeVisible()
    await expect(message(lucas, '@Mei').locator('.at.me')).toHaveCount(0)
    await chatRow(meis, 'Lisbon').click()
    await expect(message(meis, '@Mei').locator('.at.me')).toHaveText('@Mei')
    await expectAccessible(meis)
  })

  await test.step('its sender reads who has seen it, and when', async () => {
    const row = message(amina, 'Could you look')
    await expect(row.getByRole('img', { name: 'Seen by all' })).toBeVisible()
    await openMessageInfo(amina, 'Could you look')
    const seen = amina.getByRole('region', { name: 'Seen by' })
    await expect(seen.getByRole('listitem')).toHaveCount(2)
    await expect(seen).toContainText('Today')
    await amina.getByRole('button', { name: 'Close details' }).click()
  })

  await test.step('only admins write, by a switch, and the others’ composers say so at once', async () => {
    await amina.getByRole('button', { name: 'Details of Lisbon' }).click()
    await amina.getByRole('switch', { name: 'Only group admins write' }).click()
    await expect(lucas.getByText('Only group admins write here.')).toBeVisible()
    await expect(composer(lucas)).toBeHidden()
    await expect(line(lucas, 'Amina allowed only group admins to write')).toBeVisible()
    // who only reads may say what they feel about it
    const announced = message(lucas, 'Could you look')
    await announced.locator('.bubble').hover()
    await announced.getByRole('button', { name: 'React with thumbs up' }).click()
    await expect(message(amina, 'Could you look').getByRole('button', { name: '👍 from Luca' })).toBeVisible()
    await amina.getByRole('switch', { name: 'Only group admins write' }).click()
    await expect(composer(lucas)).toBeVisible()
    await expectAccessible(amina)
  })

  await test.step('who is removed while writing is told why, and keeps what they had begun', async () => {
    await composer(lucas).fill('What I wanted to say')
    await amina.getByRole('button', { name: 'More for Luca' }).click()
    await amina.getByRole('menuitem', { name: 'Remove from group' }).click()
    await amina.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(lucas.getByText('You are no longer in this group. What was written')).toBeVisible()
    await expect(composer(lucas)).toBeHidden()
    await expect(lucas.getByText('You had begun: “What I wanted to say”')).toBeVisible()
    await send(amina, 'Without Luca')
    await expect(message(meis, 'Without Luca')).toBeVisible()
    await expect(message(lucas, 'Without Luca')).toHaveCount(0)
    await expect(line(lucas, 'Amina removed you')).toBeVisible()
  })

  await test.step('the last admin leaves, and is told beforehand who follows', async () => {
    await amina.getByRole('button', { name: 'Leave group' }).click()
    const dialog = amina.getByRole('dialog')
    await expect(dialog).toContainText('Mei, who has been in the group the longest, becomes admin.')
    await dialog.getByRole('button', { name: 'Leave group' }).click()
    await expect(line(meis, 'Amina made you a group admin')).toBeVisible()
    await expect(line(meis, 'Amina left')).toBeVisible()
    await expect(amina.getByText('You are no longer in this group. What was written')).toBeVisible()
  })
})

test('the chat list shows groups alone, and leads to a first one', async ({ admin, newPerson }) => {
  const mei = await addMember(admin, 'Mei')
  const chat = await startChat(admin, mei)
  await write(mei, chat, 'Good morning')
  const amina = await newPerson(admin)
  await expect(chatRow(amina, 'Mei')).toBeVisible()
  const filter = amina.getByRole('group', { name: 'Show' })
  await filter.getByRole('button', { name: 'Groups' }).click()
  await expect(amina.getByText('No groups yet')).toBeVisible()
  await expectAccessible(amina)
  await amina.getByRole('button', { name: 'New group' }).click()
  await expect(amina.getByRole('dialog', { name: 'New group' })).toBeVisible()
  await amina.keyboard.press('Escape')

  const body = { name: 'Lisbon', memberIds: [mei.memberId] }
  await callRoute(admin.base, 'createGroup', { body }, admin.token)
  await expect(chatRow(amina, 'Lisbon')).toBeVisible()
  await expect(chatRow(amina, 'Mei')).toHaveCount(0)
  await filter.getByRole('button', { name: 'All' }).click()
  await expect(chatRow(amina, 'Mei')).toBeVisible()
})
