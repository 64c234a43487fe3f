import { createOrganisation, PASSWORD, uniqueEmail } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { openMailbox } from './setup/mailbox.ts'
import { expectSignedIn, field, fillJoinForm, fillSignIn, signIn } from './screens/account.ts'
import { openAdminPeople, toast } from './screens/admin.ts'
import { expectOnline } from './screens/chat.ts'

const OWN = 'velvet anchor ninety pears'

test('where no mail is sent, a forgotten password is a matter for the admin', async ({ newVisitor }) => {
  const page = await newVisitor()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(page.getByRole('heading', { name: 'Ask your admin' })).toBeVisible()
  await expect(page.getByText('This installation does not send e-mail.')).toBeVisible()
  await expect(field(page, 'E-mail')).toBeHidden()
})

test('a reset link without its secret says so', async ({ newVisitor }) => {
  const page = await newVisitor()
  await page.goto('/reset')
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
})

test('by mail: reset links work once, say nothing of who exists, and invitations arrive @screen', async ({
  newServer,
  newPerson,
  newVisitor,
}) => {
  const mailbox = await openMailbox()
  try {
    const server = await newServer({
      env: { PARLEY_SMTP_URL: mailbox.url, PARLEY_MAIL_FROM: 'parley@parley.example' },
    })
    const admin = await createOrganisation(server.base)
    const signedIn = await newPerson(admin)
    await expectOnline(signedIn)
    const page = await newVisitor({ baseURL: server.base })
    const ask = async (email: string) => {
      await page.goto('/forgot')
      await field(page, 'E-mail').fill(email)
      await page.getByRole('button', { name: 'Send the link' }).click()
      await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible()
      return (await page.getByRole('main').innerText()).replace(email, '')
    }
    const unknown = await ask('nobody@parley.example')
    expect(await ask(admin.email), 'the answer is the same').toBe(unknown)

    const link = await mailbox.link(admin.email)
    expect(link.startsWith(`${server.base}/reset#`)).toBe(true)
    await page.goto(link)
    const password = page.getByLabel('New password', { exact: true })
    await password.fill('short')
    await password.blur()
    await expect(password).toHaveAccessibleDescription(/At least 12 characters/)
    await password.fill(OWN)
    await page.getByRole('button', { name: 'Save the password' }).click()
    await expect(page.getByRole('heading', { name: 'Your password is changed' })).toBeVisible()
    await expect(signedIn, 'all sessions are over').toHaveURL(/\/sign-in/)
    await signIn(page, admin.email, PASSWORD)
    await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible()
    await fillSignIn(page, admin.email, OWN)
    await expectSignedIn(page)

    const again = await newVisitor({ baseURL: server.base })
    await again.goto(link)
    await again.getByLabel('New password', { exact: true }).fill(PASSWORD)
    await again.getByRole('button', { name: 'Save the password' }).click()
    await expect(again.getByRole('heading', { name: 'This link does not work' })).toBeVisible()

    await test.step('an invitation with an e-mail is sent there', async () => {
      const email = uniqueEmail('zofia')
      await openAdminPeople(page)
      await page.getByLabel('E-mail, if you know it').fill(email)
      await page.getByRole('button', { name: 'Make link' }).click()
      await expect(page.getByText(`Sent to ${email}.`)).toBeVisible()
      const first = await mailbox.link(email)
      await page.getByRole('button', { name: 'Send again' }).click()
      await expect(toast(page, `A fresh link is on its way to ${email}.`)).toBeVisible()
      const second = await mailbox.link(email)
      expect(second).not.toBe(first)
      await again.goto(second)
      await fillJoinForm(again, { name: 'Zofia', email, password: PASSWORD })
      await again.getByRole('button', { name: 'Join' }).click()
      await expectSignedIn(again)
    })
  } finally {
    await mailbox.close()
  }
})
