import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { composer, message, messages, openChat, send, tick, untilKept } from './screens/chat.ts'
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

test('what was deleted for everyone is gone, for the one as for the other', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(admin, chat, 'The code is 4711')
  const [one, other] = [await newPerson(admin), await newPerson(rafael)]
  await openChat(one, chat)
  await openChat(other, chat)
  await chooseOf(other, message(other, 'The code is 4711'), 'Reply')
  await send(other, 'Thank you')
  await expect(message(one, 'Thank you')).toContainText('The code is 4711')

  // offline it goes from the own screen at once, and from the other's when the network is back; the device has the program by then
  await untilKept(one)
  await one.context().setOffline(true)
  await chooseOf(one, messages(one).first(), 'Delete for everyone')
  await one.getByRole('dialog').getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(messages(one).first()).toContainText('This message was deleted')
  await expect(messages(other).first()).toContainText('The code is 4711')
  // meanwhile somebody is about to answer what will be gone
  await chooseOf(other, messages(other).first(), 'Reply')
  await one.context().setOffline(false)
  await expect(messages(other).first()).toContainText('This message was deleted')
  await expect(other.getByText('The code is 4711'), 'nor above the field').toHaveCount(0)
  await expect(other.getByText('This message was deleted')).toHaveCount(3)
  await send(other, 'What was it?')
  for (const page of [one, other]) {
    await expect(message(page, 'What was it?')).toContainText('This message was deleted')
    await expect(page.getByText('The code is 4711')).toHaveCount(0)
  }
  const menu = await openMessageMenu(other, messages(other).first())
  await expect(menu.getByRole('menuitem')).toHaveText(['Delete for me', 'Message info'])
})

test('people react, pass messages on and choose several, by mouse and by finger', async ({
  admin,
  newPerson,
}) => {
  test.setTimeout(120_000)
  const rafael = await addMember(admin, 'Rafael')
  const mei = await addMember(admin, 'Mei')
  const chat = await startChat(admin, rafael)
  const other = await startChat(admin, mei)
  await write(rafael, chat, 'The rooms are booked', 'The coach too')
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
  const [one, two] = [await newPerson(admin), await newPerson(rafael, phone)]
  await openChat(one, chat)
  await openChat(two, chat)

  const rooms = message(one, 'The rooms are booked')
  await rooms.locator('.bubble').hover()
  await rooms.getByRole('button', { name: 'React with thumbs up' }).click()
  await expect(
    message(two, 'The rooms are booked').getByRole('button', { name: '👍 from Amina' }),
  ).toBeVisible()
  await rooms.locator('.bubble').hover()
  await rooms.getByRole('button', { name: 'React', exact: true }).click()
  await one.getByRole('button', { name: '🙏' }).click()
  // the other puts the same, and takes it back while there is no network
  const theirs = message(two, 'The rooms are booked').getByRole('button', { name: /^👍/ })
  await theirs.click()
  await expect(rooms.getByRole('button', { name: '👍 from You and Rafael' })).toHaveText('👍2')
  await two.context().setOffline(true)
  await theirs.click()
  await expect(theirs).toHaveText('👍1')
  await expect(rooms.getByRole('button', { name: /^👍/ })).toHaveText('👍2')
  await two.context().setOffline(false)
  await expect(rooms.getByRole('button', { name: /^👍/ })).toHaveText('👍1')
  await chooseOf(one, rooms, 'Reactions')
  await expect(one.getByRole('dialog').getByRole('listitem')).toHaveCount(2)
  await one.keyboard.press('Escape')

  // several messages to several chats, in their order
  await chooseOf(one, rooms, 'Select')
  await message(one, 'The coach too').getByRole('checkbox').click()
  const chosen = one.getByRole('toolbar', { name: 'Chosen messages' })
  const dialog = one.getByRole('dialog')
  // whoever thinks better of it has not to choose again
  for (const what of ['Delete for me', 'Forward']) {
    await chosen.getByRole('button', { name: what }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(chosen).toContainText('2')
  }
  await chosen.getByRole('button', { name: 'Forward' }).click()
  for (const name of ['Mei', 'Rafael']) await dialog.getByRole('checkbox', { name }).click()
  await dialog.getByRole('button', { name: 'Forward to 2 chats' }).click()
  await openChat(one, other)
  await expect(messages(one)).toHaveText([/Forwarded.*The rooms are booked/, /Forwarded.*The coach too/])
  await expect(message(two, 'Forwarded').filter({ hasText: 'The coach too' })).toBeVisible()

  // held with a finger, a message shows what can be done with it, also once the finger is lifted
  const finger = await two.context().newCDPSession(two)
  const held = async () => {
    const bubble = (await message(two, 'The coach too').first().locator('.bubble').boundingBox())!
    const touchPoints = [{ x: bubble.x + 20, y: bubble.y + 12 }]
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await expect(two.getByRole('menuitem', { name: 'Reply' })).toBeVisible()
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  await held()
  await two.getByRole('menuitem', { name: 'Reply' }).tap()
  await expect(two.getByRole('button', { name: 'Do not answer this' })).toBeVisible()

  // with an emoji too: one of those used most, or any
  await openChat(one, chat)
  const coach = message(one, 'The coach too').first()
  await held()
  await two.getByRole('menuitemcheckbox', { name: '❤️' }).tap()
  await expect(coach.getByRole('button', { name: '❤️ from Rafael' })).toBeVisible()
  await held()
  await two.getByRole('menuitem', { name: 'All emoji' }).tap()
  await two.getByRole('gridcell', { name: 'Grinning face', exact: true }).tap()
  await expect(coach.getByRole('button', { name: '😀 from Rafael' })).toBeVisible()
})

test('what is formatted is shown so, and what is pinned stands above for both, also when it was done without a network @screen', async ({
  admin,
  newPerson,
}) => {
  test.setTimeout(120_000)
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(
    admin,
    chat,
    '*Gate 4* at _nine_',
    ...Array.from({ length: 220 }, (_, index) => `Line ${index + 1}`),
  )
  const [one, two] = [await newPerson(admin), await newPerson(rafael)]
  await openChat(one, chat)
  await openChat(two, chat)
  await two.getByRole('button', { name: /^Jump to latest/ }).click()

  // marks are shown, and markup stays the text it is
  await send(one, '*Bring* ~nothing~ `passport`\n- _one_ bag\n> said <b>you</b>')
  const bring = message(two, 'nothing')
  await expect(bring.locator('strong')).toHaveText('Bring')
  await expect(bring.locator('s')).toHaveText('nothing')
  await expect(bring.locator('code')).toHaveText('passport')
  await expect(bring.locator('li em')).toHaveText('one')
  await expect(bring.locator('blockquote')).toHaveText('said <b>you</b>')

  // one is pinned; another without a network stands there at once, and for the other when the network is back
  const banner = (page: typeof one) => page.getByRole('region', { name: 'Pinned message' })
  await chooseOf(one, message(one, 'nothing'), 'Pin')
  await expect(banner(two)).toContainText('Bring nothing passport')
  await expect(banner(one)).toContainText('Bring nothing passport')
  await one.context().setOffline(true)
  await chooseOf(one, message(one, 'Line 220'), 'Pin')
  await expect(banner(one)).toContainText('Line 220')
  await expect(banner(two)).toContainText('Bring')
  await one.context().setOffline(false)
  await expect(banner(two)).toContainText('Line 220')
  await expect(two.getByText('Amina pinned a message').first()).toBeVisible()

  // one from far above: a click on the banner leads there, and brings up the next
  await two.goto(`/chats?c=${chat}&message=1`)
  await chooseOf(two, message(two, 'Gate 4'), 'Pin')
  await expect(banner(one)).toContainText('Pinned message 1 of 3')
  await expect(banner(one)).toContainText('Gate 4 at nine')
  await banner(one)
    .getByRole('button', { name: /Gate 4/ })
    .click()
  await expect(message(one, 'Gate 4')).toBeInViewport()
  await expect(banner(one)).toContainText('Line 220')

  // what is deleted is pinned no more
  await chooseOf(one, message(one, 'Gate 4'), 'Delete for everyone')
  await one.getByRole('dialog').getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(banner(two)).not.toContainText('Gate 4')
  for (const left of [1, 0]) {
    await banner(two).getByRole('button', { name: 'Unpin' }).click()
    if (left > 0) await expect(banner(one)).not.toContainText('of 2')
  }
  await expect(banner(one)).toHaveCount(0)
})

test('a new message is read out once, as it is meant: without the marks of its formatting @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Hello')
  const page = await newPerson(admin)
  await openChat(page, chat)
  await page.locator('.talk [aria-live="polite"]').evaluate((region) => {
    const said: string[] = []
    new MutationObserver(() => said.push(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    })
    Object.assign(window, { said })
  })
  const said = () =>
    page.evaluate(() => (window as unknown as { said: string[] }).said.filter((text) => text !== ''))
  await write(rafael, chat, '*Gate 12*, not _gate 7_')
  await expect.poll(said).toEqual(['Rafael: Gate 12, not gate 7'])
  await write(rafael, chat, 'Thank you')
  await expect.poll(said).toEqual(['Rafael: Gate 12, not gate 7', 'Rafael: Thank you'])
})
