import { addMember, startChat, write } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { chatRow, composer, expectOnline, message, messages, openChat, send, tick } from './screens/chat.ts'

test('links are recognised, and markup is shown as the text it is @screen', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const markup = '<b>bold</b> <script>document.title = "owned"</script> <img src=x onerror=alert(1)>'
  await write(
    rafael,
    chat,
    markup,
    'See https://fares.example/groups?a=1 or www.harbour-lines.org',
    'javascript:alert(1)',
  )
  const page = await newPerson(admin)
  await openChat(page, chat)

  await expect(message(page, '<b>bold</b>')).toContainText(markup)
  await expect(messages(page).locator('b, script, img[src="x"]')).toHaveCount(0)
  await expect(page).not.toHaveTitle(/owned/)

  const link = page.getByRole('link', { name: 'https://fares.example/groups?a=1' })
  await expect(link).toHaveAttribute('href', 'https://fares.example/groups?a=1')
  await expect(link).toHaveAttribute('rel', /noopener/)
  await expect(page.getByRole('link', { name: 'www.harbour-lines.org' })).toHaveAttribute(
    'href',
    'https://www.harbour-lines.org',
  )
  await expect(message(page, 'javascript:alert(1)').getByRole('link')).toHaveCount(0)
})

test("a chat's address opens it at once, also when nothing was said in it yet", async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const page = await newPerson(admin)
  await page.goto(`/chats?c=${chat}`)
  await expect(page.getByRole('heading', { name: 'Nothing has been said here yet.' })).toBeVisible()
  await send(page, 'The first word')
  await expect(tick(page, 'The first word', 'Sent')).toBeVisible()
  await page.reload()
  await expect(message(page, 'The first word')).toBeVisible()
})

test('right-to-left messages run from right to left, others do not @screen', async ({ admin, newPerson }) => {
  const layla = await addMember(admin, 'ليلى')
  const chat = await startChat(admin, layla)
  await write(layla, chat, 'سأرسل التأكيد بعد الظهر', 'Thank you')
  const page = await newPerson(admin)
  await openChat(page, chat)
  const direction = (text: string) =>
    message(page, text)
      .locator('[dir="auto"]')
      .first()
      .evaluate((words) => getComputedStyle(words).direction)
  expect(await direction('سأرسل')).toBe('rtl')
  expect(await direction('Thank you')).toBe('ltr')
})

test('messages of one sender within five minutes stand together @screen', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'First of mine', 'Second of mine')
  await write(admin, chat, 'My own answer')
  const page = await newPerson(admin)
  await openChat(page, chat)
  const box = async (text: string) => (await message(page, text).boundingBox())!
  const [first, second, answer] = [
    await box('First of mine'),
    await box('Second of mine'),
    await box('My own answer'),
  ]
  const within = second.y - (first.y + first.height)
  const between = answer.y - (second.y + second.height)
  const openers = messages(page).and(page.locator('.first'))
  await expect(openers).toHaveCount(2)
  expect(within + second.height).toBeLessThan(between + answer.height)
  const bubble = async (text: string) => (await message(page, text).locator('.bubble').boundingBox())!
  expect((await bubble('My own answer')).x).toBeGreaterThan((await bubble('First of mine')).x)
})

test('the composer counts down near 8,000 characters and does not send more @screen', async ({
  admin,
  newPerson,
}) => {
  const chat = await startChat(admin, await addMember(admin, 'Rafael'))
  const page = await newPerson(admin)
  await openChat(page, chat)
  await composer(page).fill('a'.repeat(7_900))
  await expect(page.getByRole('status').filter({ hasText: '100 characters left' })).toBeVisible()
  await composer(page).fill('a'.repeat(8_001))
  await expect(page.getByText('1 character too many')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await composer(page).press('Enter')
  await expect(messages(page)).toHaveCount(0)
  await composer(page).fill('b'.repeat(8_000))
  await composer(page).press('Enter')
  await expect(tick(page, 'bbbb', 'Sent')).toBeVisible()
})

test('an emoji is found by its name and put where the caret is; Shift and Enter break the line @screen', async ({
  admin,
  newPerson,
}) => {
  const chat = await startChat(admin, await addMember(admin, 'Rafael'))
  const page = await newPerson(admin)
  await openChat(page, chat)
  await composer(page).fill('ab')
  await composer(page).press('ArrowLeft')
  await page.getByRole('button', { name: 'Emoji' }).click()
  await page.getByRole('searchbox', { name: 'Find an emoji' }).fill('rocket')
  await expect(page.getByRole('gridcell').first(), 'the very name comes first').toHaveAccessibleName('Rocket')
  await page.getByRole('searchbox', { name: 'Find an emoji' }).fill('ship')
  await page.getByRole('gridcell', { name: 'Ship', exact: true }).click()
  await expect(composer(page)).toHaveValue('a🚢b')
  await expect(composer(page)).toBeFocused()

  await composer(page).press('End')
  await composer(page).press('Shift+Enter')
  await composer(page).pressSequentially('second line')
  await expect(composer(page)).toHaveValue('a🚢b\nsecond line')
  await expect(messages(page)).toHaveCount(0)
  await composer(page).press('Enter')
  await expect(message(page, 'second line')).toContainText('a🚢b')
})

test('a draft is kept for its chat, shown in the list, and survives a reload', async ({
  admin,
  newPerson,
}) => {
  const [rafael, mei] = [await addMember(admin, 'Rafael'), await addMember(admin, 'Mei')]
  const [withRafael, withMei] = [await startChat(admin, rafael), await startChat(admin, mei)]
  await write(rafael, withRafael, 'Hello')
  await write(mei, withMei, 'Hi')
  const page = await newPerson(admin)
  await openChat(page, withRafael)
  await composer(page).fill('Half a thought')
  await chatRow(page, 'Mei').click()
  await expect(composer(page)).toHaveValue('')
  await expect(chatRow(page, 'Rafael')).toContainText('Draft: Half a thought')
  await page.reload()
  await expect(chatRow(page, 'Rafael')).toContainText('Draft: Half a thought')
  await chatRow(page, 'Rafael').click()
  await expect(composer(page)).toHaveValue('Half a thought')
})

test('a message that cannot be sent says why, and can be retried, edited and deleted', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const page = await newPerson(admin)
  await openChat(page, chat)
  await expectOnline(page)
  await page.context().setOffline(true)
  for (const text of ['Are you there?', 'Say it better', 'Never mind']) await send(page, text)
  await callRoute(admin.base, 'deactivateMember', { params: { memberId: rafael.memberId } }, admin.token)

  const failed = message(page, 'Are you there?')
  await test.step('what waited is refused, and is neither tried again nor lost', async () => {
    await page.context().setOffline(false)
    await expect(failed).toContainText('no longer has access', { timeout: 20_000 })
    await expect(tick(page, 'Are you there?', 'Not sent')).toBeVisible()
    await expect(page.getByText('Rafael no longer has access. You can read what was written.')).toBeVisible()
    await expect(composer(page)).toBeHidden()
    await expect(failed.getByRole('button', { name: 'Copy', exact: true })).toBeVisible()
    await expect(failed.getByRole('button', { name: 'Retry' })).toBeHidden()
    await message(page, 'Never mind').getByRole('button', { name: 'Delete' }).click()
    await expect(messages(page)).toHaveCount(2)
  })
  await test.step('once they are in again it can be retried or edited', async () => {
    await callRoute(admin.base, 'reactivateMember', { params: { memberId: rafael.memberId } }, admin.token)
    await message(page, 'Say it better').getByRole('button', { name: 'Edit' }).click()
    await expect(messages(page)).toHaveCount(1)
    await expect(composer(page)).toHaveValue('Say it better')
    await failed.getByRole('button', { name: 'Retry' }).click()
    await expect(tick(page, 'Are you there?', 'Sent')).toBeVisible()
  })
  await page.reload()
  await expect(composer(page)).toHaveValue('Say it better')
  await expect(messages(page)).toHaveCount(1)
})
