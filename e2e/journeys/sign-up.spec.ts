import { field, fillJoinForm, expectSignedIn } from './screens/account.ts'
import { composer, message, openMember, send, tick } from './screens/chat.ts'
import { createOrganisation, PASSWORD, unique, uniqueEmail } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import type { Page } from '@playwright/test'

async function fillOrganisation(page: Page, name: string): Promise<void> {
  await field(page, 'Organisation name').fill(name)
  await field(page, 'Address').fill('14 Mill Lane\nQuillhaven')
  await field(page, 'Owner name').fill('Ingrid')
  await field(page, 'Contact number').fill('+351 900 000 142')
  await field(page, 'Number of users').fill('12')
}

test('sign-up says what is wrong beside each field as it is left @screen', async ({ newVisitor }) => {
  const page = await newVisitor()
  await page.goto('/sign-up')
  const faults: [label: string, typed: string, sentence: RegExp][] = [
    ['Your name', '', /cannot be empty/],
    ['E-mail', 'nobody at home', /looks like name@example\.org/],
    ['Password', 'short', /At least 12 characters\. This one has 5\./],
    ['Organisation name', ' ', /cannot be empty/],
    ['Contact number', '900 000 142', /Start with the country code/],
    ['Number of users', '0', /At least 1\./],
  ]
  for (const [label, typed, sentence] of faults) {
    const input = page.getByLabel(label, { exact: true })
    await input.fill(typed)
    await input.blur()
    await expect(input).toHaveAccessibleDescription(sentence)
    await expect(input).toHaveAttribute('aria-invalid', 'true')
  }
  const email = field(page, 'E-mail')
  await email.fill('amina@parley.example')
  await expect(email, 'the fault goes as soon as it is mended').not.toHaveAttribute('aria-invalid')
})

test('sign-up names the fields that stop it and goes to the first of them @screen', async ({
  newVisitor,
}) => {
  const page = await newVisitor()
  await page.goto('/sign-up')
  await fillOrganisation(page, 'Quillhaven')
  await field(page, 'Your name').fill('Amina')
  await page.getByRole('button', { name: 'Create organisation' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Two fields need a look' })).toBeVisible()
  await expect(field(page, 'E-mail')).toBeFocused()
})

test('the first press of the button counts, though leaving the field before it has just found a fault @screen', async ({
  newVisitor,
}) => {
  const page = await newVisitor()
  await page.goto('/sign-up')
  await fillOrganisation(page, 'Quillhaven')
  await field(page, 'Your name').fill('Amina')
  await field(page, 'E-mail').fill('not an address')
  await page.getByRole('button', { name: 'Create organisation' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Two fields need a look' })).toBeVisible()
})

test('where nobody has been yet the bare address leads to signing up, and afterwards to signing in', async ({
  newServer,
  newVisitor,
}) => {
  const server = await newServer()
  const first = await newVisitor({ baseURL: server.base })
  await first.goto('/')
  await expect(first).toHaveURL(/\/sign-up$/)
  await createOrganisation(server.base)
  await first.goto('/')
  await expect(first).toHaveURL(/\/sign-in$/)
})

test('sign-up refuses a password that is easily guessed and says how to do better @screen', async ({
  newVisitor,
}) => {
  const page = await newVisitor()
  await page.goto('/sign-up')
  await field(page, 'Your name').fill('Amina')
  await field(page, 'E-mail').fill(uniqueEmail('amina'))
  await fillOrganisation(page, 'Quillhaven')
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('password1234')
  await password.blur()
  await expect(password, 'as soon as the field is left').toHaveAccessibleDescription(
    /^Too easy to guess\. .*Three or four words/,
  )
  await page.getByRole('button', { name: 'Create organisation' }).click()
  await expect(password).toHaveAttribute('aria-invalid', 'true')
  await expect(password).toHaveAccessibleDescription(/guess|common|used|known/i)
  await expect(page).toHaveURL(/\/sign-up/)
})

test('from sign-up to an answered message in under two minutes', async ({ newVisitor }) => {
  const begun = Date.now()
  const amina = await newVisitor({ permissions: ['clipboard-read', 'clipboard-write'] })
  const organisation = unique('Quillhaven')
  await test.step('Amina signs up and is in', async () => {
    await amina.goto('/sign-up')
    await field(amina, 'Your name').fill('Amina')
    await field(amina, 'E-mail').fill(uniqueEmail('amina'))
    await amina.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await fillOrganisation(amina, organisation)
    await amina.getByRole('button', { name: 'Create organisation' }).click()
    await expectSignedIn(amina)
    await expect(amina.getByRole('heading', { name: 'Welcome, Amina' })).toBeVisible()
    await expect(amina.getByText(organisation)).toBeVisible()
  })

  const link = await test.step('Amina makes an invitation link', async () => {
    await amina.getByRole('button', { name: 'Invite people' }).click()
    await expect(amina).toHaveURL(/\/admin\/people/)
    await amina.getByRole('button', { name: 'Make link' }).click()
    const made = amina.getByText(/\/join#/)
    await expect(made).toBeVisible()
    return made.innerText()
  })

  const rafael = await newVisitor()
  await test.step('Rafael opens it and joins', async () => {
    await rafael.goto(link.trim())
    await expect(rafael.getByRole('heading', { name: `Join ${organisation}` })).toBeVisible()
    await expect(rafael.getByText('Amina invited you.')).toBeVisible()
    await fillJoinForm(rafael, { name: 'Rafael', email: uniqueEmail('rafael'), password: PASSWORD })
    await rafael.getByRole('button', { name: 'Join' }).click()
    await expectSignedIn(rafael)
    await expect(rafael.getByRole('heading', { name: 'Welcome, Rafael' })).toBeVisible()
  })

  await test.step('Rafael finds Amina in the directory and says hello', async () => {
    await rafael.getByRole('button', { name: 'See people' }).click()
    await openMember(rafael, 'Amina')
    await send(rafael, 'Hello Amina, I am in.')
    await expect(tick(rafael, 'Hello Amina, I am in.', 'Delivered to all')).toBeVisible()
  })

  await test.step('Amina sees it in her list and answers', async () => {
    await amina
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Chats/ })
      .click()
    await amina.locator('.chat-row', { hasText: 'Rafael' }).click()
    await expect(message(amina, 'Hello Amina, I am in.')).toBeVisible()
    await send(amina, 'Welcome!')
    await expect(message(rafael, 'Welcome!')).toBeVisible()
    await expect(tick(rafael, 'Hello Amina, I am in.', 'Seen by all')).toBeVisible()
    await expect(composer(rafael)).toBeVisible()
  })
  const seconds = (Date.now() - begun) / 1_000
  test.info().annotations.push({ type: 'sign-up to answer', description: `${seconds.toFixed(1)} s` })
  expect(seconds).toBeLessThan(120)
})
