import type { Page } from '@playwright/test'
import { addMember, startChat } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import {
  chatRow,
  composer,
  expectOnline,
  message,
  openMessageInfo,
  openChat,
  send,
  stream,
  tick,
} from './screens/chat.ts'

test('an own message goes from the clock to sent, delivered and seen, each with its words', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const amina = await newPerson(admin)
  await openChat(amina, chat)
  await expectOnline(amina)

  await amina.context().setOffline(true)
  await send(amina, 'Is the coach booked?')
  await expect(tick(amina, 'Is the coach booked?', 'Waiting to be sent')).toBeVisible()

  await amina.context().setOffline(false)
  await expect(tick(amina, 'Is the coach booked?', 'Sent')).toBeVisible({ timeout: 20_000 })
  await expect(tick(amina, 'Is the coach booked?', 'Delivered to all')).toBeHidden()

  const his = await newPerson(rafael)
  await expect(tick(amina, 'Is the coach booked?', 'Delivered to all')).toBeVisible()
  await expect(chatRow(amina, 'Rafael').getByRole('img', { name: 'Delivered to all' })).toBeVisible()
  await expect(chatRow(his, 'Amina').getByRole('img', { name: '1 unread message' })).toBeVisible()

  await chatRow(his, 'Amina').click()
  await expect(tick(amina, 'Is the coach booked?', 'Seen by all')).toBeVisible()
  await expect(chatRow(his, 'Amina').getByRole('img', { name: /unread/ })).toBeHidden()

  await test.step('the message info says the same', async () => {
    await openMessageInfo(amina, 'Is the coach booked?')
    const info = amina.getByRole('complementary', { name: 'Message info' })
    await expect(info.getByRole('region', { name: 'Seen by' })).toContainText('Rafael')
  })
})

test('typing shows in the conversation and in the list, and fades by itself', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  await openChat(amina, chat)
  await send(amina, 'Morning')
  await openChat(his, chat)
  await expect(message(his, 'Morning')).toBeVisible()
  await expectOnline(his)

  await composer(his).pressSequentially('Mo')
  await expect(stream(amina).getByText('Rafael is typing')).toBeVisible()
  await expect(chatRow(amina, 'Rafael')).toContainText('typing…')
  await expect(stream(amina).getByText('Rafael is typing'), 'nothing is typed any more').toBeHidden({
    timeout: 9_000,
  })

  await composer(his).pressSequentially('rning')
  await expect(stream(amina).getByText('Rafael is typing')).toBeVisible()
  await composer(his).press('Enter')
  await expect(message(amina, 'Morning').last()).toBeVisible()
  await expect(stream(amina).getByText('Rafael is typing'), 'the message takes its place').toBeHidden({
    timeout: 2_000,
  })
})

test('who appears offline is told so, is not seen, and does not see others, while the organisation allows it', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  const online = (page: Page, name: string) => page.getByRole('img', { name: `${name}, online` })
  await openChat(his, chat)
  await openChat(amina, chat)
  await expect(online(his, 'Amina').first()).toBeVisible()
  await expect(online(amina, 'Rafael').first()).toBeVisible()

  await amina.goto('/settings?s=privacy')
  await expectOnline(amina)
  await amina.getByRole('switch', { name: 'Appear offline' }).click()
  const appearing = amina.getByRole('button', { name: /^You: .*, Appearing offline\./ })
  await expect(appearing).toBeVisible()
  await expect(online(his, 'Amina')).toHaveCount(0)
  await openChat(amina, chat)
  await expect(online(amina, 'Rafael')).toHaveCount(0)

  await callRoute(admin.base, 'changeCommunication', { body: { appearingOffline: false } }, admin.token)
  await expectOnline(amina)
  await expect(appearing).toBeHidden()
  await expect(online(his, 'Amina').first()).toBeVisible()
  await expect(online(amina, 'Rafael').first()).toBeVisible()
})

test('presence says never seen, online, and when somebody was last seen', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  await startChat(admin, rafael)
  const amina = await newPerson(admin)
  await amina.goto('/people')
  const row = amina
    .getByRole('region', { name: 'People in your organisation' })
    .getByRole('link', { name: /Rafael/ })
  await expect(row).toContainText('Not seen yet')

  const his = await newPerson(rafael)
  await expect(row).toContainText('Online')
  await expect(row.getByRole('img', { name: 'Rafael, online' })).toBeVisible()

  await his.context().close()
  await expect(row).toContainText(/Last seen today at \d\d:\d\d/, { timeout: 20_000 })
  await expect(row.getByRole('img', { name: 'Rafael, online' })).toBeHidden()
})
