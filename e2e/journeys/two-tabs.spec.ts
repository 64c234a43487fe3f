import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { chatRow, composer, expectOnline, message, openChat, send, tick } from './screens/chat.ts'
import { signOut } from './screens/account.ts'

test('two tabs show the same, either sends, and the second takes over when the first is closed', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const [leader, his] = [await newPerson(admin), await newPerson(rafael)]
  await openChat(leader, chat)
  await openChat(his, chat)
  await expectOnline(leader)
  const follower = await leader.context().newPage()
  let sockets = 0
  follower.on('websocket', () => (sockets += 1))
  await openChat(follower, chat)
  await expectOnline(follower)

  await send(follower, 'From the second tab')
  await expect(message(his, 'From the second tab')).toBeVisible()
  await expect(tick(leader, 'From the second tab', 'Seen by all')).toBeVisible()
  await expect(tick(follower, 'From the second tab', 'Seen by all')).toBeVisible()
  expect(sockets, 'the tabs share one connection').toBe(0)

  await send(his, 'Got it')
  await expect(message(leader, 'Got it')).toHaveCount(1)
  await expect(message(follower, 'Got it')).toHaveCount(1)

  await leader.close()
  await send(his, 'Anybody there?')
  await expect(message(follower, 'Anybody there?')).toBeVisible()
  await send(follower, 'Still here')
  await expect(message(his, 'Still here')).toHaveCount(1)
  expect(sockets, 'the second tab leads now').toBeGreaterThan(0)
})

test('what one tab queues offline is sent by the tab that is left', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const leader = await newPerson(admin)
  await openChat(leader, chat)
  const follower = await leader.context().newPage()
  await openChat(follower, chat)
  await expectOnline(follower)
  await leader.context().setOffline(true)
  await send(leader, 'One')
  await send(follower, 'Two')
  await expect(tick(leader, 'Two', 'Waiting to be sent')).toBeVisible()
  await leader.close()
  await follower.context().setOffline(false)
  const his = await newPerson(rafael)
  await openChat(his, chat)
  await expect(message(his, 'Two')).toHaveCount(1, { timeout: 20_000 })
  await expect(message(his, 'One')).toHaveCount(1)
})

test('a draft that is written in one tab is found in the other', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Hello')
  const first = await newPerson(admin)
  const second = await first.context().newPage()
  await second.goto('/chats')
  await expect(chatRow(second, 'Rafael')).toBeVisible()
  await openChat(first, chat)
  await composer(first).fill('Half a thought')
  await expect(chatRow(second, 'Rafael')).toContainText('Draft: Half a thought')
  await chatRow(second, 'Rafael').click()
  await expect(composer(second)).toHaveValue('Half a thought')
})

test('signing out in one tab signs the other out, and leaves nothing of the person', async ({
  admin,
  newPerson,
}) => {
  const first = await newPerson(admin)
  const second = await first.context().newPage()
  await second.goto('/people')
  await expect(second.getByRole('heading', { name: 'People' })).toBeVisible()
  await signOut(first)
  await expect(second).toHaveURL(/\/sign-in/)
  await first.goto('/chats')
  await expect(first).toHaveURL(/\/sign-in/)
})
