import type { BrowserContextOptions, Page } from '@playwright/test'
import path from 'node:path'
import { DEMO_PASSWORD, DEMO_ADMIN } from './setup/demo.ts'
import { expect, test } from './setup/journey.ts'
import { expectSignedIn, field, signIn } from './screens/account.ts'
import { chatList, chatRow, composer } from './screens/chat.ts'

const FOLDER = path.join(import.meta.dirname, '../screenshots')
const sizes: [name: string, options: BrowserContextOptions][] = [
  ['desktop', { viewport: { width: 1440, height: 900 } }],
  ['phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }],
]

test('pictures of the main pages, with the demo agency in them @screen', async ({
  newServer,
  newVisitor,
}) => {
  test.setTimeout(180_000)
  const { base } = await newServer({ args: ['--demo'] })
  for (const [size, options] of sizes) {
    for (const colorScheme of ['light', 'dark'] as const) {
      // both sizes and both themes are seen once where nobody waits for all four
      if (process.env['CI'] && (size === 'phone') !== (colorScheme === 'dark')) continue
      const page = await newVisitor({ ...options, colorScheme, baseURL: base, locale: 'en-GB' })
      const take = (name: string) =>
        page.screenshot({
          path: path.join(FOLDER, `${name}-${size}-${colorScheme}.png`),
          animations: 'disabled',
        })
      await doors(page, take)
      await desk(page, take, size === 'phone')
      await page.context().close()
    }
  }
})

type Take = (name: string) => Promise<unknown>

async function doors(page: Page, take: Take): Promise<void> {
  await page.goto('/sign-up')
  await field(page, 'Your name').fill('Ingrid')
  await field(page, 'E-mail').fill('ingrid at quillhaven')
  await field(page, 'E-mail').blur()
  await take('sign-up')
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await take('sign-in')
  await page.goto('/join#abc')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await take('join-unknown')
}

async function desk(page: Page, take: Take, phone: boolean): Promise<void> {
  await signIn(page, DEMO_ADMIN, DEMO_PASSWORD)
  await expectSignedIn(page)
  await expect(chatRow(page, 'Yusuf')).toBeVisible()
  await take('chats')
  await chatList(page).getByRole('link', { name: /^Mei / }).click()
  await expect(composer(page)).toBeVisible()
  await expect(page.getByText('Then only the insurance is missing.').last()).toBeVisible()
  if (!phone) await page.getByRole('button', { name: 'Details of Mei' }).click()
  await take('conversation')
  await page.goto('/chats')
  await chatRow(page, 'ليلى').click()
  await expect(composer(page)).toBeVisible()
  await take('conversation-right-to-left')
  await page.goto('/people')
  await expect(page.getByRole('link', { name: /Adaeze/ })).toBeVisible()
  await take('people')
  await page.goto('/admin/people')
  await expect(page.getByRole('button', { name: 'More for Adaeze' })).toBeVisible()
  await expect(page.getByText('Expired', { exact: true }), 'the demo has an expired invite').toBeVisible()
  await take('admin-people')
  await page.goto('/admin/departments')
  await expect(page.getByText('Operations').first()).toBeVisible()
  await take('admin-departments')
  await page.goto('/settings?s=profile')
  await expect(page.getByRole('button', { name: 'Save profile' })).toBeVisible()
  await take('settings-profile')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await take('palette')
}
