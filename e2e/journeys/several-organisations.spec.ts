import { addMember, createOrganisation, uniqueEmail } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { expectSignedIn, fillSignIn, signIn } from './screens/account.ts'

test('one e-mail and password in two organisations asks where to; a third with another password never shows', async ({
  server,
  newVisitor,
}) => {
  const email = uniqueEmail('amina')
  const one = await createOrganisation(server.base, { email })
  const two = await createOrganisation(server.base, { email })
  const other = 'velvet anchor ninety pears'
  const third = await createOrganisation(server.base, { email, password: other })
  await addMember(two, 'Only in the second')

  const page = await newVisitor()
  await signIn(page, email, one.password)
  await expect(page.getByRole('heading', { name: 'Where to?' })).toBeVisible()
  await expect(page.getByRole('button', { name: one.organisation, exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: two.organisation, exact: true })).toBeVisible()
  await expect(page.getByText(third.organisation, { exact: true })).toHaveCount(0)

  await page.getByRole('button', { name: 'Use another e-mail' }).click()
  await fillSignIn(page, email, one.password)
  await page.getByRole('button', { name: two.organisation, exact: true }).click()
  await expectSignedIn(page)
  await page.goto('/people')
  await expect(page.getByRole('link', { name: /Only in the second/ })).toBeVisible()

  const visitor = await newVisitor()
  await signIn(visitor, email, other)
  await expectSignedIn(visitor)
  await expect(visitor.getByText(third.organisation, { exact: false }).first()).toBeVisible()
})
