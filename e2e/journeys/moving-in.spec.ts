import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import { expectAccessible } from './setup/accessible.ts'
import { addMember, createOrganisation } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { pdf, png } from './setup/sample-media.ts'
import { chatRow, openChat, stream } from './screens/chat.ts'
import { expectPainted } from './screens/files.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const CHAT = [
  '31.12.25, 21:40 - Messages and calls are end-to-end encrypted.',
  '31.12.25, 21:41 - Mei: The ferry leaves at nine',
  'from the second pier',
  '31.12.25, 21:42 - Nadia Costa: IMG-1.png (file attached)',
  'At the pier',
  '31.12.25, 21:43 - Nadia Costa: See you there',
].join('\n')

async function exported(text: string, files = [png('IMG-1.png', 120)]) {
  const zip = new yazl.ZipFile()
  zip.addBuffer(Buffer.from(text), '_chat.txt')
  for (const { name, buffer: bytes } of files) zip.addBuffer(bytes, name)
  zip.end()
  return {
    name: 'WhatsApp Chat - Harbour.zip',
    mimeType: 'application/zip',
    buffer: await buffer(zip.outputStream),
  }
}

const dialog = (page: Page) => page.getByRole('dialog')
const line = (page: Page, text: string) => stream(page).getByText(text, { exact: false }).first()

async function openDetails(page: Page) {
  await page.getByRole('button', { name: 'Details of Harbour' }).first().click()
  await expect(page.getByRole('heading', { name: 'Import and export' })).toBeVisible()
}

test('a chat moves in from WhatsApp, is read by both, leaves as a file, and is taken back', async ({
  server,
  newPerson,
}) => {
  test.setTimeout(180_000)
  const admin = await createOrganisation(server.base)
  const mei = await addMember(admin, 'Mei')
  const amina = await newPerson(admin)
  const meis = await newPerson(mei, PHONE)

  await test.step('Amina makes a group for it', async () => {
    await amina.getByRole('button', { name: 'New chat' }).first().click()
    await amina.getByRole('option', { name: 'New group' }).click()
    await expect(amina.getByRole('option', { name: 'Mei' })).toBeVisible()
    await amina.keyboard.type('mei')
    await amina.keyboard.press('Enter')
    await amina.getByRole('button', { name: 'Next, 1 chosen' }).click()
    await amina.getByRole('textbox', { name: 'Name' }).fill('Harbour')
    await amina.keyboard.press('Enter')
    await expect(line(amina, 'You created the group “Harbour”')).toBeVisible()
    await openDetails(amina)
  })

  await test.step('a file that is no chat is refused in a sentence', async () => {
    await amina.getByRole('button', { name: 'Import a WhatsApp chat' }).click()
    await expectAccessible(amina, { with: dialog(amina) })
    const wrong = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear diary') }
    await amina.getByLabel('Choose the file').last().setInputFiles(wrong)
    await expect(dialog(amina).getByRole('alert')).toContainText('not a chat that WhatsApp has exported')
  })

  await test.step('the chat is looked at before it is imported, and Mei is found in it', async () => {
    await amina
      .getByLabel('Choose the file')
      .last()
      .setInputFiles(await exported(CHAT))
    await expect(dialog(amina)).toContainText(/3 messages of 2 people, on \w/)
    await expect(amina.getByRole('combobox', { name: 'Who is Mei?' }).locator('option:checked')).toHaveText(
      'Mei',
    )
    await expect(
      amina.getByRole('combobox', { name: 'Who is Nadia Costa?' }).locator('option:checked'),
    ).toHaveText('Keep “Nadia Costa” as a name')
    await expectAccessible(amina, { with: dialog(amina) })
    await amina.getByRole('button', { name: 'Import 3 messages' }).click()
    await expect(dialog(amina)).toContainText('3 messages, 1 file')
    await amina.keyboard.press('Escape')
  })

  await test.step('both read it, with names and pictures; nobody has anything unread', async () => {
    await expect(line(amina, 'The ferry leaves at nine')).toBeVisible()
    await expect(chatRow(meis, 'Harbour').getByRole('img', { name: /unread/ })).toBeHidden()
    await chatRow(meis, 'Harbour').click()
    await expect(line(meis, 'imported 3 messages from WhatsApp (Harbour)')).toBeVisible()
    await expect(meis.getByRole('article', { name: /Nadia Costa/ }).first()).toBeVisible()
    await expect(line(meis, 'imported')).toBeVisible()
    await expect(stream(meis).locator('img[src]').first()).toBeVisible()
  })

  await test.step('the very same is not imported twice', async () => {
    await amina.getByRole('button', { name: 'Import a WhatsApp chat' }).click()
    await amina
      .getByLabel('Choose the file')
      .last()
      .setInputFiles(await exported(CHAT))
    await expect(dialog(amina).getByRole('alert').first()).toContainText(
      'was imported into this group already',
    )
    await expect(amina.getByRole('button', { name: 'Import 3 messages' })).toBeDisabled()
    await amina.keyboard.press('Escape')
  })

  await test.step('Amina takes the chat away as a file', async () => {
    await amina.getByRole('button', { name: 'Export this chat' }).click()
    await expectAccessible(amina, { with: dialog(amina) })
    const download = amina.waitForEvent('download')
    await amina.getByRole('link', { name: 'Download' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe('Parley - Harbour.zip')
    const bytes = await readFile(await saved.path())
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
    expect(bytes.includes('chat.html')).toBe(true)
  })

  await test.step('the import is taken back, for both', async () => {
    await amina.getByRole('button', { name: 'Import a WhatsApp chat' }).click()
    await amina.getByRole('button', { name: 'Undo', exact: true }).click()
    await amina
      .getByRole('dialog', { name: 'Undo this import?' })
      .getByRole('button', { name: 'Undo import' })
      .click()
    await expect(amina.getByText('Undone')).toBeVisible()
    await expect(stream(meis).getByText('The ferry leaves at nine')).toHaveCount(0)
    await amina.keyboard.press('Escape')
  })
})

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

test('how far an import is can be seen; what was taken back is in no list any more, and what grew too old is said to be gone', async ({
  server,
  newPerson,
}) => {
  test.setTimeout(180_000)
  const admin = await createOrganisation(server.base)
  const mei = await addMember(admin, 'Mei')
  const body = { name: 'Harbour', memberIds: [mei.memberId] }
  const { id: group } = await callRoute(server.base, 'createGroup', { body }, admin.token)
  const amina = await newPerson(admin)
  const meis = await newPerson(mei)
  await openChat(amina, group)
  await openChat(meis, group)
  const list = meis.getByRole('tabpanel')
  const progress = dialog(amina).getByRole('progressbar')
  const take = (file: Awaited<ReturnType<typeof exported>>) =>
    amina.getByLabel('Choose the file').last().setInputFiles(file)

  await test.step('Amina sees that her file is read, and then how many messages have come', async () => {
    // pictures take their time, and come five by five
    const picture = png('', 120, 1600, 1200)
    const pictures = Array.from({ length: 60 }, (_, n) => ({ ...picture, name: `IMG-${n}.png` }))
    const chat = ['plan.pdf', ...pictures.map(({ name }) => name)]
      .map((name) => `${day(1)}, 12:00 - Nadia Costa: ${name} (file attached)`)
      .join('\n')
    await openDetails(amina)
    await amina.getByRole('button', { name: 'Import a WhatsApp chat' }).click()
    const held = Promise.withResolvers<undefined>()
    await amina.route('**/imports/preview', (route) => held.promise.then(() => route.continue()), {
      times: 1,
    })
    await take(await exported(chat, [pdf('plan.pdf'), ...pictures]))
    await expect(dialog(amina).getByText('Reading the chat', { exact: true })).toBeVisible()
    await expect(progress).toHaveAttribute('aria-valuenow', '100')
    held.resolve(undefined)
    await amina.getByRole('button', { name: 'Import 61 messages' }).click()
    await expect(progress).toHaveAccessibleName('Progress of the import', { timeout: 30_000 })
    await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/, { timeout: 30_000 })
    await expect(dialog(amina)).toContainText(/[1-9]\d* of 61 messages/)
  })

  await test.step('Mei finds its files under who sent them, and nothing of them once it is taken back', async () => {
    await meis.getByRole('button', { name: 'Details of Harbour' }).first().click()
    const latest = meis.getByRole('heading', { name: 'Pictures, files and links' }).locator('..')
    await latest.getByRole('button', { name: 'All' }).click()
    await expectPainted(list.locator('.thumb img').first())
    await meis.getByRole('tab', { name: 'Documents' }).click()
    await expect(list).toContainText('plan.pdf')
    await expect(list).toContainText('Nadia Costa, ')
    await amina.getByRole('button', { name: 'Undo', exact: true }).click()
    await amina
      .getByRole('dialog', { name: 'Undo this import?' })
      .getByRole('button', { name: 'Undo import' })
      .click()
    await expect(amina.getByText('Undone')).toBeVisible({ timeout: 60_000 })
    await expect(list).toContainText('No documents yet')
    await meis.getByRole('tab', { name: 'Media' }).click()
    await expect(list).toContainText('No pictures or videos yet')
  })

  await test.step('where the rule has deleted what was imported, below what was not, a line says so', async () => {
    const chat = [`${day(400)}, 12:00 - Nadia Costa: Long ago`, `${day(1)}, 12:00 - Nadia Costa: Yesterday`]
    await take(await exported(chat.join('\n'), []))
    await amina.getByRole('button', { name: 'Import 2 messages' }).click()
    await expect(line(meis, 'Long ago')).toBeVisible()
    const rule = { body: { messageRetention: 90 } } as const
    await callRoute(server.base, 'changeCommunication', rule, admin.token)
    await expect(stream(meis).getByText('Long ago')).toHaveCount(0)
    await expect(stream(meis).locator('.note')).toHaveText([
      /created the group/,
      /imported 2 messages from WhatsApp/,
      /^Messages older than 90 days were deleted by a rule of .*Amina/,
    ])
    await expect(line(meis, 'Yesterday')).toBeVisible()
  })
})

test('an admin invites everybody of a list, and is told what is wrong in it @screen', async ({
  server,
  newPerson,
}) => {
  test.setTimeout(120_000)
  const admin = await createOrganisation(server.base)
  await addMember(admin, 'Mei')
  const amina = await newPerson(admin)
  await amina.goto('/admin/people')
  await amina.getByRole('button', { name: 'Add from CSV' }).click()
  await expectAccessible(amina, { with: dialog(amina) })
  const list = [
    'Name;E-mail;Role;Departments',
    'Noor;noor@quay.example;manager;Sales',
    'Omar;omar@quay.example;;',
    'Ines;no e-mail;;',
    'Jan;jan@quay.example;;Harbour',
  ].join('\n')
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(list) }
  await amina.getByLabel('Choose the file').last().setInputFiles(file)
  await expect(dialog(amina)).toContainText('2 people can be invited.')
  await expect(dialog(amina)).toContainText('Line 4: “no e-mail” is not an e-mail address. Correct it.')
  await expect(dialog(amina)).toContainText('Line 5: there is no department “Harbour”')
  await expect(dialog(amina).getByRole('checkbox'), 'no e-mail is promised where none is sent').toHaveCount(0)
  await expectAccessible(amina, { with: dialog(amina) })
  // the answer is lost on its way: asked again, nobody is invited twice
  await amina.route('**/api/invites/list', (route) => route.fetch().then(() => route.abort()), { times: 1 })
  await amina.getByRole('button', { name: 'Invite 2 people' }).click()
  await expect(dialog(amina).getByRole('alert')).not.toBeEmpty()
  await amina.getByRole('button', { name: 'Invite 2 people' }).click()
  await expect(dialog(amina)).toContainText('2 people are invited.')
  const download = amina.waitForEvent('download')
  await amina.getByRole('button', { name: 'Download the links' }).click()
  const links = await readFile(await (await download).path(), 'utf8')
  expect(links).toMatch(/Noor,noor@quay\.example,http.*\/join#/)
  await amina.keyboard.press('Escape')
  await expect(amina.getByText('noor@quay.example')).toHaveCount(1)
})
