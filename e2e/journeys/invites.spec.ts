import type { Page } from '@playwright/test'
import { PASSWORD, uniqueEmail } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { expectSignedIn, fillJoinForm } from './screens/account.ts'
import { openAdminPeople, toast } from './screens/admin.ts'

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] }
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
const waiting = (page: Page) => page.getByRole('region', { name: 'Waiting to join' })
const expectBroken = (page: Page, title: string) =>
  expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()

test('an invitation is made, listed, renewed, used, and remembered with who used it', async ({
  admin,
  newPerson,
  newVisitor,
}) => {
  const amina = await newPerson(admin, clipboard)
  await openAdminPeople(amina)
  const email = uniqueEmail('zofia')
  await amina.getByLabel('E-mail, if you know it').fill(email)
  await amina.getByRole('region', { name: 'Invite someone' }).getByLabel('Role').selectOption('manager')
  await amina.getByRole('button', { name: 'Make link' }).click()
  const made = amina.getByRole('status').filter({ hasText: 'Copy it now: it is not shown again.' })
  await expect(made).toContainText('Works once, for 7 days.')
  await made.getByRole('button', { name: 'Copy' }).click()
  const oldLink = await copied(amina)
  expect(oldLink).toMatch(/\/join#[\w-]{22,}$/)

  const row = waiting(amina).getByRole('row').filter({ hasText: email })
  await expect(row).toContainText('Manager')
  await expect(row).toContainText('Amina')
  await expect(row).toContainText('in 7 days')

  await row.getByRole('button', { name: 'Copy link' }).click()
  await expect(made, 'the link that was just made has ended').toBeHidden()
  await expect(
    toast(amina, 'A fresh link is copied. It works for 7 days from now; the old one has ended.'),
  ).toBeVisible()
  const freshLink = await copied(amina)
  expect(freshLink).not.toBe(oldLink)
  await amina.reload()
  await expect(row).toBeVisible()
  await expect(amina.getByText(/join#/), 'the link is not shown again').toHaveCount(0)

  const zofia = await newVisitor()
  await zofia.goto(oldLink)
  await expectBroken(zofia, 'This link is not an invitation')
  await expect(zofia.getByText(admin.organisation)).toHaveCount(0)
  await zofia.goto('about:blank')
  await zofia.goto(freshLink)
  await expect(zofia.getByLabel('E-mail')).toHaveValue(email)
  await fillJoinForm(zofia, { name: 'Zofia', email, password: PASSWORD })
  await zofia.getByRole('button', { name: 'Join' }).click()
  await expectSignedIn(zofia)

  await expect(waiting(amina)).toBeHidden()
  await amina.getByRole('button', { name: '1 used or revoked invite' }).click()
  await expect(amina.getByRole('listitem').filter({ hasText: email })).toContainText('Used by Zofia, today')

  const late = await newVisitor()
  await late.goto(freshLink)
  await expectBroken(late, 'This invitation has been used')
  await expect(late.getByText(admin.organisation)).toHaveCount(0)
  await expect(late.getByRole('main').getByRole('link', { name: 'Go to sign in' })).toBeVisible()
})

test('a link that was just made says who has joined with it', async ({ admin, newPerson, newVisitor }) => {
  const amina = await newPerson(admin)
  await openAdminPeople(amina)
  await amina.getByRole('button', { name: 'Make link' }).click()
  const section = amina.getByRole('region', { name: 'Invite someone' })
  const link = await section.getByText(/\/join#/).innerText()
  const zofia = await newVisitor()
  await zofia.goto(link)
  await fillJoinForm(zofia, { name: 'Zofia', email: uniqueEmail('zofia'), password: PASSWORD })
  await zofia.getByRole('button', { name: 'Join' }).click()
  await expectSignedIn(zofia)
  await expect(section.getByRole('status')).toHaveText('Zofia has joined with this link.')
})

test('a revoked invitation says that it was withdrawn', async ({ admin, newPerson, newVisitor }) => {
  const { token } = await callRoute(admin.base, 'createInvite', { body: {} }, admin.token)
  const amina = await newPerson(admin)
  await openAdminPeople(amina)
  const row = waiting(amina).getByRole('row').filter({ hasText: 'Link without an e-mail' })
  await row.getByRole('button', { name: 'Revoke the invite' }).click()
  const ask = amina.getByRole('dialog', { name: 'Revoke this invite?' })
  await ask.getByRole('button', { name: 'Cancel' }).click()
  await expect(row).toBeVisible()
  await row.getByRole('button', { name: 'Revoke the invite' }).click()
  await ask.getByRole('button', { name: 'Revoke' }).click()
  await expect(waiting(amina)).toBeHidden()
  await amina.getByRole('button', { name: '1 used or revoked invite' }).click()
  await expect(amina.getByText('Revoked', { exact: true })).toBeVisible()

  const visitor = await newVisitor()
  await visitor.goto(`/join#${token}`)
  await expectBroken(visitor, 'This invitation was withdrawn')
  await expect(visitor.getByText(admin.organisation)).toHaveCount(0)
})

test('unknown, cut off and expired links each say what happened', async ({ newVisitor }) => {
  const page = await newVisitor()
  for (const link of [`/join#${'x'.repeat(43)}`, '/join#abc', '/join']) {
    await page.goto('about:blank')
    await page.goto(link)
    await expectBroken(page, 'This link is not an invitation')
    await expect(page.getByText('A part of it may be missing.')).toBeVisible()
  }
  // The server's clock cannot be moved from here; its own tests prove when it answers so.
  await page.route('**/api/invites/open', (route) =>
    route.fulfill({ status: 410, json: { error: { code: 'invite_expired', message: 'Expired.' } } }),
  )
  await page.goto('about:blank')
  await page.goto(`/join#${'x'.repeat(43)}`)
  await expectBroken(page, 'This invitation has expired')
})

test('when the server cannot be reached the invitation can be tried again', async ({ admin, newVisitor }) => {
  const { token } = await callRoute(admin.base, 'createInvite', { body: {} }, admin.token)
  const page = await newVisitor()
  await page.route('**/api/invites/open', (route) => route.abort())
  await page.goto(`/join#${token}`)
  await expectBroken(page, 'The invitation could not be opened')
  await page.unroute('**/api/invites/open')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: `Join ${admin.organisation}` })).toBeVisible()
})

test('of two people who use one invitation at once exactly one gets in', async ({
  admin,
  newPerson,
  newVisitor,
}) => {
  const { token } = await callRoute(admin.base, 'createInvite', { body: {} }, admin.token)
  const both = [await newVisitor(), await newVisitor()]
  for (const [index, page] of both.entries()) {
    await page.goto(`/join#${token}`)
    await fillJoinForm(page, { name: `Guest ${index}`, email: uniqueEmail('guest'), password: PASSWORD })
  }
  await Promise.all(both.map((page) => page.getByRole('button', { name: 'Join' }).click()))
  const outcome = async (page: Page) => {
    const refused = page.getByRole('alert').filter({ hasText: 'has been used already' })
    await expect(page.getByRole('heading', { name: 'Chats', level: 1 }).or(refused)).toBeVisible()
    return (await refused.count()) > 0 ? 'refused' : 'in'
  }
  expect((await Promise.all(both.map(outcome))).sort()).toEqual(['in', 'refused'])
  const amina = await newPerson(admin)
  await amina.goto('/people')
  await expect(amina.getByText('2 people')).toBeVisible()
})

test('an e-mail that is taken in the organisation is refused beside its field', async ({
  admin,
  newVisitor,
}) => {
  const { token } = await callRoute(admin.base, 'createInvite', { body: {} }, admin.token)
  const page = await newVisitor()
  await page.goto(`/join#${token}`)
  await fillJoinForm(page, { name: 'Amina too', email: admin.email.toUpperCase(), password: PASSWORD })
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/already uses this e-mail/)
})

test('somebody who is signed in is told so before they use an invitation', async ({ admin, newPerson }) => {
  const { token } = await callRoute(admin.base, 'createInvite', { body: {} }, admin.token)
  const page = await newPerson(admin)
  await page.goto(`/join#${token}`)
  await expectBroken(page, 'You are signed in already')
  await expect(page.getByText('You are Amina.')).toBeVisible()
})
