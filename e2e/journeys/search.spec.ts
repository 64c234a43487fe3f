import { newFileId } from '@parley/contracts/files/file-id'
import { uploadPath } from '@parley/contracts/files/paths'
import type { Locator, Page } from '@playwright/test'
import { type Account, addMember, newMessageId, startChat, write } from './setup/accounts.ts'
import { callRoute, protocolHeader } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { chatRow, composer, message, offlineBar, openChat } from './screens/chat.ts'

const NAME = 'Find people, chats and messages'
const palette = (page: Page): Locator => page.getByRole('dialog', { name: NAME })
const box = (page: Page): Locator => page.getByRole('combobox', { name: NAME })
const options = (page: Page): Locator => palette(page).getByRole('option')
const inChat = (page: Page): Locator => page.getByRole('search', { name: 'Search in this chat' })
const field = (page: Page): Locator => inChat(page).getByRole('textbox', { name: 'Search in this chat' })
/** How many places the browser marks in the messages on the screen. */
const marks = (page: Page, name: string): Promise<number> =>
  page.evaluate((one) => CSS.highlights.get(one)?.size ?? 0, name)

/** Looks until the index, which follows by a moment, has it. */
async function search(page: Page, words: string, wanted: readonly (string | RegExp)[]): Promise<void> {
  await box(page).fill(words)
  await expect(options(page)).toHaveText([...wanted])
}

/** A file without a word beside it. */
async function shareDocument({ base, token }: Account, conversationId: string, name: string): Promise<void> {
  const bytes = new TextEncoder().encode('06:15 and 18:40')
  const id = newFileId()
  const body = { id, name, size: bytes.length, type: 'text/plain', kind: 'document' } as const
  await callRoute(base, 'createFile', { body }, token)
  const answer = await fetch(base + uploadPath(id), {
    method: 'PATCH',
    headers: {
      ...protocolHeader,
      authorization: `Bearer ${token}`,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  })
  expect(answer.status).toBe(204)
  await callRoute(base, 'finishFile', { params: { fileId: id }, body: {} }, token)
  const message = { id: newMessageId(), text: '', files: [id] }
  await callRoute(base, 'sendMessageByRequest', { params: { conversationId }, body: message }, token)
}

/** A group in which the admin, Rafael and Zoë talk, and a direct chat of the first two. */
async function peopleTalking(admin: Account) {
  const rafael = await addMember(admin, 'Rafael Ortiz')
  const zoe = await addMember(admin, 'Zoë Müller')
  const direct = await startChat(admin, rafael)
  const { id: group } = await callRoute(
    admin.base,
    'createGroup',
    { body: { name: 'Harbour tours', description: '', memberIds: [rafael.memberId, zoe.memberId] } },
    admin.token,
  )
  await write(rafael, direct, 'Between us: the otter leaves on Friday', 'See https://parley.example/ferry')
  const talk = Array.from({ length: 60 }, (_, index) => `Line ${index + 1} about the weather`)
  await shareDocument(zoe, group, 'Fährplan Winter.txt')
  await write(zoe, group, 'The FERRY to Łódź at 06:15', ...talk, 'A café by the ferry, 東京タワー, Ещё раз')
  return { rafael, zoe, direct, group }
}

test('everything said is found by words, parts and operators, by whoever may see it, and opens in its place', async ({
  admin,
  newPerson,
}) => {
  const { zoe, direct } = await peopleTalking(admin)
  const page = await newPerson(admin)
  await expect(chatRow(page, 'Harbour tours')).toBeVisible()
  await page.keyboard.press('Control+k')
  await search(page, 'ferry', [/café by the ferry/, /The FERRY to Łódź/, /See https/])
  await expect(options(page).first().locator('mark')).toHaveText('ferry')
  await expect(options(page).first()).toContainText('Harbour tours')
  await search(page, 'cafe erry', [/café by the ferry/])
  await search(page, 'lodz', [/The FERRY/])
  await search(page, '東京', [/東京タワー/])
  await search(page, 'еще', [/Ещё раз/])
  await search(page, '"ferry to"', [/The FERRY/])

  // operators are built by chips and suggestions, from the keyboard alone
  await box(page).fill('ferry ')
  await palette(page).getByRole('button', { name: 'From', exact: true }).press('Enter')
  await expect(box(page)).toHaveValue('ferry from:')
  await page.keyboard.type('raf')
  await expect(options(page).first()).toContainText('Rafael Ortiz')
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveValue('ferry from:"Rafael Ortiz" ')
  await expect(options(page)).toHaveText([/See https/])
  await palette(page).getByRole('button', { name: 'From: Rafael Ortiz. Take it out' }).click()
  await expect(box(page)).toHaveValue('ferry ')
  await search(page, 'has:link ', [/See https/])
  // by the name of a file, which opens the message that it is in
  await search(page, 'fahr winter', [/Fährplan Winter\.txt/])
  await search(page, 'has:file ', [/Fährplan Winter\.txt/])
  await search(page, 'has:picture ', [])
  await search(page, 'ferry in:harbour on:today ', [/café by the ferry/, /The FERRY/])
  await box(page).fill('ferry before:2020 ')
  await expect(
    palette(page).getByRole('heading', { name: 'Nothing found for “ferry”', exact: true }),
  ).toBeVisible()
  await expect(palette(page).getByText('One filter is on.')).toBeVisible()
  await palette(page).getByRole('button', { name: 'Clear filters' }).click()
  await expect(options(page)).toHaveCount(3)

  // one in the midst of what is unread, which a chat does not open at by itself
  await search(page, '"line 30 about"', [/Line 30/])
  await options(page).click()
  await expect(page.getByRole('heading', { name: 'Harbour tours' })).toBeVisible()
  await expect(message(page, 'Line 30 about the weather')).toBeInViewport()

  await page.keyboard.press('Control+k')
  await search(page, 'has:file ', [/Fährplan Winter/])
  await page.keyboard.press('Enter')
  await expect(message(page, 'Fährplan Winter.txt')).toBeInViewport()

  // who takes no part finds nothing of it; edited, it is found by its new words, and once
  const hers = await newPerson(zoe)
  await hers.keyboard.press('Control+k')
  await search(hers, 'ferry', [/café by the ferry/, /The FERRY to Łódź/])
  await box(hers).fill('otter')
  await expect(palette(hers).getByRole('heading', { name: 'Nothing found for “otter”' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await search(page, 'otter', [/the otter leaves/])
  const { hits } = await callRoute(admin.base, 'searchMessages', { body: { words: 'otter' } }, admin.token)
  expect(hits.map(({ conversationId }) => conversationId)).toEqual([direct])
})

test('inside a chat hits are counted, marked and stepped through, also on a phone; offline the device is searched @screen', async ({
  admin,
  newPerson,
}) => {
  const { rafael, group } = await peopleTalking(admin)
  const page = await newPerson(admin)
  await openChat(page, group)
  await page.keyboard.press('Control+f')
  const words = field(page)
  await expect(words).toBeFocused()
  await words.fill('ferry')
  await expect(inChat(page).getByRole('status')).toHaveText('1 of 2')
  await expect(message(page, 'A café by the ferry')).toBeInViewport()
  await expect.poll(() => marks(page, 'found-now')).toBe(1)
  await words.press('ArrowUp')
  await expect(inChat(page).getByRole('status')).toHaveText('2 of 2')
  await expect(message(page, 'The FERRY to Łódź')).toBeInViewport()
  await inChat(page).getByRole('button', { name: 'Newer result' }).click()
  await expect(inChat(page).getByRole('status')).toHaveText('1 of 2')
  await expect(message(page, 'A café by the ferry')).toBeInViewport()
  await words.fill('no such thing')
  await expect(inChat(page).getByRole('status')).toHaveText('None')
  await words.press('Escape')
  await expect(inChat(page)).toBeHidden()
  await expect(composer(page)).toBeFocused()
  expect(await marks(page, 'found')).toBe(0)

  await page.getByRole('button', { name: 'Details of Harbour tours' }).click()
  await page.getByRole('complementary').getByRole('button', { name: 'Search in this chat' }).click()
  await expect(words).toBeFocused()

  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
  const his = await newPerson(rafael, phone)
  await his.getByRole('button', { name: 'Search or jump to' }).tap()
  await search(his, 'weather from:zoe 60', [/Line 60 about the weather/])
  const [width, shown] = await his.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(width).toBe(shown)
  await options(his).first().tap()
  await expect(message(his, 'Line 60 about the weather')).toBeInViewport()
  await his.getByRole('button', { name: 'Search in this chat' }).tap()
  await field(his).fill('weather')
  await expect(inChat(his).getByRole('status')).toHaveText(/^1 of 50\+$/)
  await expect.poll(() => marks(his, 'found')).toBeGreaterThan(1)
  await inChat(his).getByRole('button', { name: 'Close the search' }).tap()

  await his.context().setOffline(true)
  await expect(offlineBar(his)).toBeVisible()
  await his.getByRole('button', { name: 'Search in this chat' }).tap()
  await field(his).fill('cafe')
  await expect(inChat(his)).toContainText('Only messages that are on this device were searched.')
  await expect(inChat(his).getByRole('status')).toHaveText('1 of 1')
})
