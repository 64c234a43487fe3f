import { expect, type Locator, type Page } from '@playwright/test'

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: /^Message to / })
export const stream = (page: Page): Locator => page.getByRole('log', { name: 'Messages' })
export const messages = (page: Page): Locator => stream(page).getByRole('article')
export const message = (page: Page, text: string): Locator => messages(page).filter({ hasText: text })
/** How far an own message has come, by its text alternative. */
export const tick = (page: Page, text: string, state: Tick): Locator =>
  message(page, text).getByRole('img', { name: state, exact: true })

export type Tick =
  'Waiting to be sent' | 'Being sent' | 'Sent' | 'Delivered to all' | 'Seen by all' | 'Not sent'

export const chatList = (page: Page): Locator => page.getByRole('region', { name: 'Chat list' })
export const chatRow = (page: Page, name: string): Locator =>
  chatList(page).getByRole('link').filter({ hasText: name })
/** Above everything: offline, and how many messages wait. */
export const offlineBar = (page: Page): Locator =>
  page.getByRole('status').filter({ hasText: 'You are offline.' })

/** As people do, from the list. */
export async function openChat(page: Page, conversationId: string): Promise<void> {
  if (new URL(page.url()).pathname !== '/chats') await page.goto('/chats')
  await page.locator(`a[href="/chats?c=${conversationId}"]`).click()
  await expect(composer(page)).toBeVisible()
}

export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await composer(page).press('Enter')
  await expect(composer(page)).toHaveValue('')
}

/** The own menu says whether this browser is connected. */
export async function expectOnline(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^You: .*, Online/ })).toBeVisible()
}

/** The texts of all messages that are shown, oldest first. */
export const shownTexts = (page: Page): Promise<string[]> =>
  messages(page).evaluateAll((rows) =>
    rows.map((row) => row.querySelector('.words')?.firstChild?.textContent ?? ''),
  )

/** From the directory to the conversation with a colleague. */
export async function openMember(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Write to ${name}` }).click()
  await expect(composer(page)).toBeVisible()
}

/** How far an own message has come, from its menu. */
export async function openMessageInfo(page: Page, text: string): Promise<void> {
  await message(page, text).getByText(text).hover()
  await message(page, text).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Message info' }).click()
}

/** The page is served and its data kept without a server from here on. */
export async function untilKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await expectOnline(page)
}
