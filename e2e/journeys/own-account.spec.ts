import { addMember, startChat } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { onePng } from './setup/pictures.ts'
import { expectSignedIn, field, fillSignIn, signIn, signOut } from './screens/account.ts'
import { toast } from './screens/admin.ts'
import { composer, expectOnline, openChat, send } from './screens/chat.ts'

const OWN = 'velvet anchor ninety pears'

test('name, status and picture are changed, and colleagues see them at once', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const [his, amina] = [await newPerson(rafael), await newPerson(admin)]
  await amina.goto('/people')
  await his.goto('/settings?s=profile')
  await expect(field(his, 'E-mail')).toBeDisabled()
  await field(his, 'Name').fill('')
  await his.getByRole('button', { name: 'Save profile' }).click()
  await expect(field(his, 'Name')).toHaveAccessibleDescription(/cannot be empty/)
  await field(his, 'Name').fill('Rafael Duarte')
  await field(his, 'Status').fill('In Lisbon until Friday')
  await his.getByRole('button', { name: 'Save profile' }).click()
  await expect(toast(his, 'Your profile is saved.')).toBeVisible()
  const row = amina.getByRole('link', { name: /Rafael Duarte/ })
  await expect(row).toContainText('In Lisbon until Friday')

  const picture = { name: 'me.png', mimeType: 'image/png', buffer: onePng(80, 60, [20, 120, 90]) }
  await his.getByLabel('Choose a picture').setInputFiles(picture)
  await expect(his.getByRole('img', { name: 'Preview of your picture' })).toBeVisible()
  await his.getByRole('button', { name: 'Use this picture' }).click()
  await expect(toast(his, 'Your picture is changed.')).toBeVisible()
  const image = row.locator('img')
  await expect(image).toHaveAttribute('src', /\/picture\/[0-9a-f]{16}$/)
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(256)

  await his.getByRole('button', { name: 'Remove' }).click()
  await expect(toast(his, 'Your picture is removed.')).toBeVisible()
  await expect(image).toHaveCount(0)
})

test('what is not a picture is refused in words', async ({ admin, newPerson }) => {
  const page = await newPerson(admin)
  await page.goto('/settings?s=profile')
  const text = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('not a picture at all') }
  await page.getByLabel('Choose a picture').setInputFiles(text)
  await page.getByRole('button', { name: 'Use this picture' }).click()
  await expect(toast(page, 'This picture could not be read.')).toBeVisible()
})

test('a new password signs the other devices out, and only it opens from then on @screen', async ({
  admin,
  newPerson,
  newVisitor,
}) => {
  const [here, there] = [await newPerson(admin), await newPerson(admin)]
  await expectOnline(there)
  await here.goto('/settings?s=password')
  const [current, next] = [
    here.getByLabel('Current password'),
    here.getByLabel('New password', { exact: true }),
  ]
  await current.fill('not my password')
  await next.fill(OWN)
  await here.getByRole('button', { name: 'Change password' }).click()
  await expect(here.getByText('Your current password is not right.')).toBeVisible()
  await current.fill(admin.password)
  await next.fill('amina amina amina')
  await here.getByRole('button', { name: 'Change password' }).click()
  await expect(next).toHaveAttribute('aria-invalid', 'true')
  await next.fill(OWN)
  await here.getByRole('button', { name: 'Change password' }).click()
  await expect(toast(here, 'Your password is changed.')).toBeVisible()
  await expect(there).toHaveURL(/\/sign-in/)
  await expect(there.getByText('Your password was changed.')).toBeVisible()

  const visitor = await newVisitor()
  await signIn(visitor, admin.email, admin.password)
  await expect(visitor.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible()
  await fillSignIn(visitor, admin.email, OWN)
  await expectSignedIn(visitor)
})

test('own sessions are listed, and one of them is ended from afar', async ({ admin, newPerson }) => {
  const [here, there] = [await newPerson(admin), await newPerson(admin)]
  await expectOnline(there)
  await here.goto('/settings?s=sessions')
  const sessions = here.getByRole('main').getByRole('listitem')
  await expect(sessions.filter({ hasText: 'This device' })).toContainText('In use now')
  await expect(sessions.filter({ hasText: 'This device' })).toContainText('127.0.0.1')
  // Besides these two browsers there is the API's session, which named no browser.
  await expect(sessions).toHaveCount(3)
  const other = sessions.filter({ hasText: 'Chrome' }).filter({ hasNotText: 'This device' })
  await other.getByRole('button', { name: /^End the session on/ }).click()
  await expect(toast(here, 'The session is ended.')).toBeVisible()
  await expect(there).toHaveURL(/\/sign-in/)
  await expect(there.getByText('This session was ended from another device or by an admin.')).toBeVisible()
  await expect(sessions).toHaveCount(2)
  await here.reload()
  await expect(sessions).toHaveCount(2)
})

test('signing out everywhere signs out everywhere, here included', async ({ admin, newPerson }) => {
  const [here, there] = [await newPerson(admin), await newPerson(admin)]
  await expectOnline(there)
  await here.goto('/settings?s=sessions')
  await here.getByRole('button', { name: 'Sign out everywhere' }).click()
  const ask = here.getByRole('dialog', { name: 'Sign out everywhere?' })
  await expect(ask).toContainText('this one included')
  await ask.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(here).toHaveURL(/\/sign-in/)
  await expect(there).toHaveURL(/\/sign-in/)
  await expect(there.getByText('This session was ended from another device or by an admin.')).toBeVisible()
  await expect(here.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(here.getByText('This session was ended')).toBeHidden()
})

test('signing in: wrong is refused alike, right stays over a reload, and the wanted page opens', async ({
  admin,
  newVisitor,
}) => {
  const page = await newVisitor()
  await page.goto('/settings?s=password')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  const refusal = page
    .getByRole('alert')
    .filter({ hasText: 'The e-mail and password do not belong together.' })
  await fillSignIn(page, admin.email, 'not the password')
  await expect(refusal).toBeVisible()
  await fillSignIn(page, 'nobody@parley.example', admin.password)
  await expect(refusal).toBeVisible()
  await fillSignIn(page, ` ${admin.email.toUpperCase()} `, admin.password)
  await expect(page).toHaveURL(/\/settings/)
  await page.reload()
  await expect(page.getByRole('button', { name: /^You: Amina/ })).toBeVisible()
  await signOut(page)
  await page.goto('/settings')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('signing out asks first when something has not been sent', async ({ admin, newPerson }) => {
  const chat = await startChat(admin, await addMember(admin, 'Rafael'))
  const page = await newPerson(admin)
  await openChat(page, chat)
  await expectOnline(page)
  // The dialog's script comes from the service worker, once that has fetched everything.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.context().setOffline(true)
  await send(page, 'Not gone yet')
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const ask = page.getByRole('dialog', { name: 'Sign out?' })
  await expect(ask).toContainText('1 message has not been sent yet and would be lost.')
  await ask.getByRole('button', { name: 'Stay signed in' }).click()
  await page.context().setOffline(false)
  await expect(page.getByRole('img', { name: 'Sent', exact: true }).first()).toBeVisible({ timeout: 20_000 })

  await composer(page).fill('Only begun')
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(ask).toContainText('1 draft would be lost.')
  await ask.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(composer(page)).toHaveValue('Only begun')
})
