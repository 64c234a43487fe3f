import type { Page } from '@playwright/test'
import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { composer, message, openChat, send } from './screens/chat.ts'

/** On the admin's page of rules. */
async function choose(page: Page, rule: string, choice: string): Promise<void> {
  await page.getByRole('combobox', { name: rule }).selectOption({ label: choice })
  await expect(page.locator('.toast').filter({ hasText: 'Saved.' }).last()).toBeVisible()
}

const toast = (page: Page, text: string) => page.locator('.toast').filter({ hasText: text })

const NO_FILES = 'Your organisation does not let you share files. Ask an admin.'

test('an admin changes a rule, and what a colleague has open says at once what it means, in a sentence @screen', async ({
  admin,
  newPerson,
}) => {
  const mei = await addMember(admin, 'Mei Tanaka')
  const luca = await addMember(admin, 'Luca Ferri')
  const chat = await startChat(admin, mei)
  await write(admin, chat, 'Have you heard from the harbour?')
  const rules = await newPerson(admin)
  await rules.goto('/admin/communication')
  const hers = await newPerson(mei)
  await openChat(hers, chat)
  await send(hers, 'They leave at six')

  // a file is chosen and about to be sent
  const attach = hers.getByRole('button', { name: 'Attach' })
  await attach.click()
  const bytes = Buffer.from('06:15 and 18:40')
  await hers
    .locator('[data-attach=documents]')
    .setInputFiles({ name: 'times.txt', mimeType: 'text/plain', buffer: bytes })
  const sheet = hers.getByRole('dialog')
  await expect(sheet.getByRole('button', { name: /^Send/ })).toBeEnabled()
  await choose(rules, 'Who may share files', 'Admins only')
  await expect(sheet.getByRole('alert')).toHaveText(NO_FILES)
  await expect(sheet.getByRole('button', { name: /^Send/ })).toBeDisabled()
  await expect(toast(hers, NO_FILES)).toBeVisible()
  await sheet.getByRole('button', { name: 'Close' }).click()
  await expect(attach).toHaveAttribute('aria-disabled', 'true')
  await expect(attach).toHaveAccessibleDescription(NO_FILES)
  await choose(rules, 'Who may share files', 'Everyone')
  await expect(attach).not.toHaveAttribute('aria-disabled')

  // a message is being edited, and may not be any more; a moment later it may
  await composer(hers).press('ArrowUp')
  const field = hers.getByRole('textbox', { name: /^Message to / })
  await expect(field).toHaveValue('They leave at six')
  await field.fill('They leave at seven')
  await choose(rules, 'How long people may edit what they sent', 'Never')
  await expect(hers.getByRole('alert').filter({ hasText: 'does not let messages be edited' })).toBeVisible()
  const save = hers.getByRole('button', { name: 'Save the change' })
  await expect(save).toBeDisabled()
  await choose(rules, 'How long people may edit what they sent', '1 hour')
  await save.click()
  await expect(message(hers, 'They leave at seven')).toBeVisible()
  await choose(rules, 'How long people may edit what they sent', 'Never')
  await message(hers, 'They leave at seven').getByText('They leave').hover()
  await message(hers, 'They leave at seven').getByRole('button', { name: 'More' }).click()
  await expect(hers.getByRole('menu')).toContainText('Your organisation does not let messages be edited.')
  await expect(hers.getByRole('menuitem', { name: 'Edit' })).toHaveCount(0)
  await hers.keyboard.press('Escape')

  // somebody to write to is being picked
  await hers.getByRole('button', { name: 'New chat' }).click()
  const picker = hers.getByRole('dialog', { name: 'Who do you want to write to?' })
  const lucas = picker.getByRole('option').filter({ hasText: luca.name })
  await expect(lucas).toBeVisible()
  await choose(rules, 'Who may start a chat with a colleague', 'Admins only')
  await expect(lucas).toContainText('Only admins may start a chat in your organisation.')
  await expect(picker.getByRole('option').filter({ hasText: admin.name })).not.toContainText('Only admins')
  await lucas.click()
  await expect(toast(hers, 'Only admins may start a chat in your organisation.')).toBeVisible()
  await expect(hers).toHaveURL(new RegExp(`c=${chat}`))

  // a group is being made
  await hers.getByRole('button', { name: 'New chat' }).click()
  await hers.getByRole('option', { name: 'New group' }).click()
  const group = hers.getByRole('dialog', { name: 'New group' })
  await expect(group.getByRole('option').filter({ hasText: luca.name })).toBeVisible()
  await choose(rules, 'Who may create groups', 'Managers and admins')
  await expect(group).toContainText(
    'Only managers and admins of your organisation create groups. Ask one of them.',
  )
  await hers.keyboard.press('Escape')

  // what one hides
  await hers.goto('/settings?s=privacy')
  const hide = hers.getByRole('switch', { name: 'Hide what you have seen' })
  await hide.click()
  await expect(hide).toBeChecked()
  await rules.getByRole('switch', { name: 'Hiding “seen”' }).click()
  await expect(
    hers.getByText('Your organisation wants everybody to see who has seen a message.'),
  ).toBeVisible()
})
