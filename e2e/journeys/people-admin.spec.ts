import { addMember, PASSWORD, startChat, uniqueEmail, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { expectSignedIn, field, fillSignIn, signIn } from './screens/account.ts'
import { actOn, memberRow, openAdminPeople, toast } from './screens/admin.ts'
import { chatRow, composer, message } from './screens/chat.ts'

const OWN = 'velvet anchor ninety pears'

test('a member made by an admin chooses a password of their own before anything else', async ({
  admin,
  newPerson,
  newVisitor,
}) => {
  const email = uniqueEmail('mei')
  const amina = await newPerson(admin)
  await openAdminPeople(amina)
  await amina.getByRole('button', { name: 'Add a member' }).click()
  const dialog = amina.getByRole('dialog', { name: 'Add a member' })
  await dialog.getByLabel('Name', { exact: true }).fill('Mei')
  await dialog.getByLabel('E-mail', { exact: true }).fill('not an address')
  await dialog.getByLabel('E-mail', { exact: true }).blur()
  await expect(dialog.getByLabel('E-mail', { exact: true })).toHaveAccessibleDescription(/looks like/)
  await dialog.getByLabel('E-mail', { exact: true }).fill(admin.email)
  await dialog.getByLabel('Role').selectOption('manager')
  await dialog.getByRole('button', { name: 'Generate' }).click()
  await dialog.getByRole('button', { name: 'Show password' }).click()
  const given = await dialog.getByLabel('Password', { exact: true }).inputValue()
  await dialog.getByRole('button', { name: 'Add member' }).click()
  await expect(dialog.getByLabel('E-mail', { exact: true })).toHaveAccessibleDescription(
    /already uses this e-mail/,
  )
  await dialog.getByLabel('E-mail', { exact: true }).fill(email)
  await dialog.getByRole('button', { name: 'Add member' }).click()
  await expect(toast(amina, 'Mei can sign in now.')).toBeVisible()
  await expect(memberRow(amina, 'Mei')).toContainText('Manager')
  const temporary = memberRow(amina, 'Mei').getByRole('img', { name: 'Temporary password' })
  await expect(temporary).toBeVisible()

  const hers = await newVisitor()
  await signIn(hers, email, given)
  await expect(hers.getByRole('heading', { name: 'Choose your own password' })).toBeVisible()
  await hers.goto('/chats')
  await expect(hers, 'there is no way around it').toHaveURL(/\/new-password/)
  await hers.getByLabel('Temporary password').fill(given)
  await hers.getByLabel('New password', { exact: true }).fill(OWN)
  await hers.getByRole('button', { name: 'Save and go on' }).click()
  await expectSignedIn(hers)
  await expect(temporary).toBeHidden()

  const again = await newVisitor()
  await signIn(again, email, given)
  await expect(again.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible()
  await fillSignIn(again, email, OWN)
  await expectSignedIn(again)
})

test('role and departments are changed, and the person sees it at once', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  await expect(
    his.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' }),
  ).toBeHidden()
  await openAdminPeople(amina)
  await actOn(amina, 'Rafael', 'Edit')
  const dialog = amina.getByRole('dialog', { name: 'Edit Rafael' })
  await dialog.getByLabel('Name', { exact: true }).fill('Rafael Duarte')
  await dialog.getByLabel('Role').selectOption('admin')
  await dialog.getByRole('button', { name: /^Departments/ }).click()
  await amina.getByRole('menuitemcheckbox', { name: 'Sales' }).click()
  await amina.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(memberRow(amina, 'Rafael Duarte')).toContainText('Admin')
  await expect(memberRow(amina, 'Rafael Duarte')).toContainText('Sales')
  await expect(
    his.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Admin' }),
  ).toBeVisible()
  await expect(his.getByRole('button', { name: /^You: Rafael Duarte/ })).toBeVisible()
})

test('the list is searched, sorted, and split into active and deactivated people @screen', async ({
  admin,
  newPerson,
}) => {
  await addMember(admin, 'Zofia')
  const mei = await addMember(admin, 'Mei')
  const page = await newPerson(admin)
  await openAdminPeople(page)
  const names = () =>
    page.getByRole('button', { name: /^More for / }).evaluateAll((all) => all.map((one) => one.ariaLabel))
  await expect.poll(names).toEqual(['More for Amina', 'More for Mei', 'More for Zofia'])
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect.poll(names).toEqual(['More for Zofia', 'More for Mei', 'More for Amina'])
  await page.getByRole('searchbox', { name: 'Search people' }).fill(mei.email.slice(0, -8))
  await expect.poll(names).toEqual(['More for Mei'])
  await page.getByRole('searchbox', { name: 'Search people' }).fill('nobody at all')
  await expect(page.getByRole('heading', { name: 'Nobody found for “nobody at all”' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the search' }).last().click()
  await page.getByRole('button', { name: /^Deactivated/ }).click()
  await expect(page.getByRole('heading', { name: 'Nobody is deactivated' })).toBeVisible()
})

test('a reset password is shown once, ends the sessions, and must be changed @screen', async ({
  admin,
  newPerson,
  newVisitor,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  await openAdminPeople(amina)
  await actOn(amina, 'Rafael', 'Reset password')
  const ask = amina.getByRole('dialog', { name: 'Reset the password of Rafael?' })
  await ask.getByRole('button', { name: 'Cancel' }).click()
  await expect(ask, 'one can think better of it').toBeHidden()
  await actOn(amina, 'Rafael', 'Reset password')
  await ask.getByRole('button', { name: 'Reset password' }).click()
  const told = amina.getByRole('dialog', { name: 'Temporary password for Rafael' })
  await expect(told).toContainText('It is shown only now.')
  const temporary = (await told.locator('code').innerText()).trim()
  await told.getByRole('button', { name: 'Done' }).click()
  await expect(amina.getByText(temporary)).toHaveCount(0)
  await expect(his).toHaveURL(/\/sign-in/)
  await expect(his.getByText('An admin has reset your password.')).toBeVisible()

  const visitor = await newVisitor()
  await signIn(visitor, rafael.email, rafael.password)
  await expect(visitor.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible()
  await fillSignIn(visitor, rafael.email, temporary)
  await expect(visitor.getByRole('heading', { name: 'Choose your own password' })).toBeVisible()
})

test("an admin sees somebody's sessions and ends them all", async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  await openAdminPeople(amina)
  await actOn(amina, 'Rafael', 'Sessions')
  const dialog = amina.getByRole('dialog', { name: 'Sessions of Rafael' })
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Chrome' })).toContainText('127.0.0.1')
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(dialog).toContainText('Rafael is not signed in anywhere.')
  await expect(his).toHaveURL(/\/sign-in/)
})

test('deleting asks first; the messages stay, with the name, and the e-mail becomes free', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'My last word')
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  await openAdminPeople(amina)
  await actOn(amina, 'Rafael', 'Delete…')
  const ask = amina.getByRole('dialog', { name: 'Delete Rafael?' })
  await expect(ask).toContainText('Their messages stay where they are, with the name Rafael.')
  await ask.getByRole('button', { name: 'Cancel' }).click()
  await expect(memberRow(amina, 'Rafael')).toBeVisible()
  await actOn(amina, 'Rafael', 'Delete…')
  await ask.getByRole('button', { name: 'Delete for good' }).click()
  await expect(memberRow(amina, 'Rafael')).toBeHidden()
  await expect(his).toHaveURL(/\/sign-in/)

  await test.step('the chat is still there to read, not to write in', async () => {
    await amina.goto('/chats')
    await chatRow(amina, 'Rafael').click()
    await expect(message(amina, 'My last word')).toBeVisible()
    await expect(amina.getByText('Rafael no longer has access. You can read what was written.')).toBeVisible()
    await expect(composer(amina)).toBeHidden()
  })
  await test.step('nobody finds them in the directory any more', async () => {
    await amina.goto('/people')
    await expect(amina.getByText('1 person')).toBeVisible()
  })
  await test.step('the address can be used again', async () => {
    await openAdminPeople(amina)
    await amina.getByRole('button', { name: 'Add a member' }).click()
    const dialog = amina.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Rafael the second')
    await dialog.getByLabel('E-mail', { exact: true }).fill(rafael.email)
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Add member' }).click()
    await expect(memberRow(amina, 'Rafael the second')).toBeVisible()
  })
})

test('departments are added, renamed and removed, and people keep their place', async ({
  admin,
  newPerson,
}) => {
  const page = await newPerson(admin)
  await page.goto('/admin/departments')
  const list = page.getByRole('main').getByRole('list')
  for (const name of ['Operations', 'Sales', 'Support']) await expect(list).toContainText(name)
  await field(page, 'Add a department').fill('Sales')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(field(page, 'Add a department')).toHaveAccessibleDescription(
    /already a department with this name/,
  )
  await field(page, 'Add a department').fill('Visas')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(list).toContainText('Visas')
  await page.getByRole('button', { name: 'Rename Visas' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename department' })
  await dialog.getByLabel('Name').fill('Visas and permits')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(list).toContainText('Visas and permits')
  await page.getByRole('button', { name: 'Remove Visas and permits' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove department' }).click()
  await expect(list).not.toContainText('Visas and permits')
})

test('admins change the organisation; others do not come in', async ({ admin, newPerson }) => {
  const rafael = await addMember(admin, 'Rafael')
  const page = await newPerson(admin)
  await page.goto('/admin/organisation')
  await field(page, 'Contact number').fill('12')
  await field(page, 'Contact number').blur()
  await expect(field(page, 'Contact number')).toHaveAccessibleDescription(/country code/)
  await field(page, 'Contact number').fill('+351 900 000 143')
  await field(page, 'Organisation name').fill('Quillhaven Voyages')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(toast(page, 'The organisation is saved.')).toBeVisible()
  await page.reload()
  await expect(field(page, 'Organisation name')).toHaveValue('Quillhaven Voyages')
  await expect(field(page, 'Contact number')).toHaveValue('+351 900 000 143')

  const his = await newPerson(rafael)
  await his.goto('/admin/people')
  await expect(his.getByRole('heading', { name: 'Only admins come in here' })).toBeVisible()
})
