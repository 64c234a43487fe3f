import type { Page } from '@playwright/test'
import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { expectSignedIn, fillSignIn } from './screens/account.ts'
import { actOn, openAdminPeople } from './screens/admin.ts'
import { expectOnline, message, openChat } from './screens/chat.ts'
import { deviceStore } from './screens/device-store.ts'

test('a deactivated person is out within a second, leaves nothing on the device, and is in again when reactivated', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(admin, chat, 'The safe is 4711')
  const his = await newPerson(rafael)
  await openChat(his, chat)
  await expect(message(his, 'The safe is 4711')).toBeVisible()
  await expectOnline(his)
  expect(await deviceStore(his)).toContain('The safe is 4711')

  const amina = await newPerson(admin)
  await openAdminPeople(amina)
  await actOn(amina, 'Rafael', 'Deactivate')
  const confirm = amina.getByRole('dialog', { name: 'Deactivate Rafael?' })
  await expect(confirm).toContainText('signed out everywhere at once')
  await noteWhenGone(his, 'The safe is 4711')
  await noteClick(amina)
  await confirm.getByRole('button', { name: 'Deactivate' }).click()
  await expect(his).toHaveURL(/\/sign-in/)
  const took = (await noted(his)) - (await noted(amina))
  test.info().annotations.push({ type: 'deactivation', description: `out after ${took} ms` })
  expect(took, 'milliseconds from the click until nothing is to be seen').toBeLessThan(1_000)
  await expect(his.getByText('Your access has been switched off.')).toBeVisible()
  await expect.poll(() => deviceStore(his), 'the device is wiped').not.toContain('4711')
  expect(await deviceStore(his)).not.toContain(rafael.email)

  await test.step('a reload or the old address does not bring it back', async () => {
    await his.goto(`/chats?c=${chat}`)
    await expect(his).toHaveURL(/\/sign-in/)
  })
  await test.step('signing in is refused', async () => {
    await fillSignIn(his, rafael.email, rafael.password)
    await expect(his.getByRole('alert').filter({ hasText: /switched off/ })).toBeVisible()
    await expect(his).toHaveURL(/\/sign-in/)
  })
  await test.step('reactivated, they are in again and everything is there', async () => {
    await amina.getByRole('button', { name: /^Deactivated/ }).click()
    await actOn(amina, 'Rafael', 'Reactivate')
    await expect(amina.getByText('Rafael can sign in again.').first()).toBeVisible()
    await fillSignIn(his, rafael.email, rafael.password)
    await expectSignedIn(his)
    await openChat(his, chat)
    await expect(message(his, 'The safe is 4711')).toBeVisible()
  })
})

// Both browsers run on one machine and share its clock, which knows nothing of how fast this test looks.
const noteClick = (page: Page) =>
  page.evaluate(() => {
    const note = () => (document.documentElement.dataset['noted'] = String(Date.now()))
    addEventListener('click', note, { capture: true, once: true })
  })

const noteWhenGone = (page: Page, text: string) =>
  page.evaluate((secret) => {
    new MutationObserver((_, observer) => {
      if (document.body.textContent.includes(secret)) return
      observer.disconnect()
      document.documentElement.dataset['noted'] = String(Date.now())
    }).observe(document.body, { subtree: true, childList: true })
  }, text)

const noted = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset['noted']))
