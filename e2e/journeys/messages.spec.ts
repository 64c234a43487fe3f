import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { composer, message, openChat, send, tick } from './screens/chat.ts'
import { chooseOf, openMessageMenu } from './screens/message-menu.ts'

test('two colleagues answer, go to the original wherever it stands, and mend what they said', async ({
  admin,
  newPerson,
}) => {
  test.setTimeout(120_000)
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'When does the ferry leave?')
  const talk = Array.from({ length: 260 }, (_, index) => `Line ${index + 1}`)
  await write(admin, chat, ...talk)
  const [one, other] = [await newPerson(admin), await newPerson(rafael)]
  await openChat(one, chat)
  await openChat(other, chat)
  await other.getByRole('button', { name: /^Jump to latest/ }).click()

  // far in the past, by its address
  await one.goto(`/chats?c=${chat}&message=1`)
  const asked = message(one, 'When does the ferry leave?')
  await expect(asked).toBeVisible()
  await expect(one).toHaveURL(`/chats?c=${chat}`)
  await chooseOf(one, asked, 'Reply')
  await expect(composer(one)).toBeFocused()
  await send(one, 'At nine')

  // the answer brings back to the present, and arrives with what it answers
  await expect(message(one, 'At nine')).toBeVisible()
  await expect(message(other, 'At nine')).toContainText('When does the ferry leave?')
  await message(other, 'At nine')
    .getByRole('button', { name: /^Answers You/ })
    .click()
  await expect(other.getByText('When does the ferry leave?').first()).toBeInViewport()
  await other.getByRole('button', { name: /^Jump to latest/ }).click()
  await expect(message(other, 'At nine')).toBeInViewport()

  // an edit made without a network
  await one.context().setOffline(true)
  await chooseOf(one, message(one, 'At nine'), 'Edit')
  await composer(one).fill('At ten')
  await composer(one).press('Enter')
  await expect(message(one, 'At ten')).toContainText('edited')
  await expect(tick(one, 'At ten', 'Waiting to be sent')).toBeVisible()
  await one.context().setOffline(false)
  await expect(message(other, 'At ten')).toContainText('edited')
  await expect(tick(one, 'At ten', 'Waiting to be sent')).toHaveCount(0)

  // by keyboard alone: up in the empty field, and Escape
  await composer(one).press('ArrowUp')
  await expect(composer(one)).toHaveValue('At ten')
  await composer(one).press('Escape')
  await expect(composer(one)).toHaveValue('')

  // who did not write it cannot edit it
  const menu = await openMessageMenu(other, message(other, 'At ten'))
  await expect(menu.getByRole('menuitem', { name: 'Edit' })).toHaveCount(0)
})
