import type { BrowserContextOptions, Page } from '@playwright/test'
import { expectAccessible } from './setup/accessible.ts'
import { type Account, addMember, createOrganisation, startChat, write } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { NOWHERE } from './setup/watch-console.ts'
import { actOn } from './screens/admin.ts'
import { composer, message, openChat } from './screens/chat.ts'

async function expectLookAccessible(page: Page, state: string, look: string): Promise<void> {
  await expectAccessible(page, { state: `${state}, ${look}` })
  if (look === 'on a phone') return
  // The dark theme differs in nothing but its colours.
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, { state: `${state}, dark`, onlyColours: true })
  await page.emulateMedia({ colorScheme: 'light' })
}

const looks: [name: string, options: BrowserContextOptions][] = [
  ['light and dark', { colorScheme: 'light', reducedMotion: 'reduce' }],
  ['on a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
]

for (const [look, options] of looks) {
  test(`axe finds nothing on the pages before signing in, ${look} @screen`, async ({ admin, newVisitor }) => {
    test.slow()
    const page = await newVisitor(options)
    const at = async (address: string, title: string | RegExp) => {
      await page.goto('about:blank')
      await page.goto(address)
      await expect(page.getByRole('heading', { name: title }).first()).toBeVisible()
      await expectLookAccessible(page, address, look)
    }
    await at('/sign-in', 'Sign in')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Two fields' })).toBeVisible()
    await expectLookAccessible(page, 'sign-in with errors', look)
    await at('/sign-up', 'Create your organisation')
    await page.getByLabel('Password', { exact: true }).fill('aaaa bbbb')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').filter({ hasText: 'need a look' })).toBeVisible()
    await expectLookAccessible(page, 'sign-up with errors', look)
    await at('/forgot', 'Ask your admin')
    await at('/reset', 'This link does not work')
    await at(`/reset#${'x'.repeat(43)}`, 'Choose a new password')
    await at('/join#abc', 'This link is not an invitation')
    const { token } = await callRoute(admin.base, 'createInvite', { body: {} }, admin.token)
    await at(`/join#${token}`, /^Join /)
    await at(NOWHERE, 'There is nothing here')
    await page.route('**/api/sessions', (route) => {
      const organisations = [
        { id: admin.organisationId, name: 'Quillhaven' },
        { id: admin.organisationId.replace(/.$/, '0'), name: 'Harbour Tours' },
      ]
      return route.fulfill({ json: { outcome: 'choose', organisations } })
    })
    await at('/sign-in', 'Sign in')
    await page.getByLabel('E-mail').fill(admin.email)
    await page.getByLabel('Password', { exact: true }).fill(admin.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Where to?' })).toBeVisible()
    await expectLookAccessible(page, 'choosing an organisation', look)
  })

  test(`axe finds nothing on the chat pages, ${look} @screen`, async ({ server, newPerson }) => {
    test.slow()
    const admin = await createOrganisation(server.base)
    const page = await newPerson(admin, options)
    if (look !== 'on a phone')
      await expect(page.getByRole('heading', { name: 'Welcome, Amina' })).toBeVisible()
    await expectLookAccessible(page, 'chats, empty', look)
    const { rafael, chat } = await fill(admin)
    await openChat(page, chat)
    await expect(message(page, 'Morning')).toBeVisible()
    await composer(page).fill('An answer')
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(message(page, 'An answer')).toBeVisible()
    await expectLookAccessible(page, 'conversation', look)
    await page.getByRole('main').getByRole('button', { name: 'Rafael', exact: true }).click()
    await expect(page.getByRole('complementary', { name: 'Contact' })).toBeVisible()
    await expectLookAccessible(page, 'conversation with contact', look)
    await page.getByRole('button', { name: 'Close details' }).click()
    await page.getByRole('button', { name: 'Emoji' }).click()
    await expect(page.getByRole('gridcell').first()).toBeVisible()
    await expectLookAccessible(page, 'emoji picker', look)
    await page.keyboard.press('Escape')
    await page.context().setOffline(true)
    await composer(page).fill('Nobody reads this')
    await page.getByRole('button', { name: 'Send' }).click()
    await callRoute(server.base, 'deactivateMember', { params: { memberId: rafael.memberId } }, admin.token)
    await page.context().setOffline(false)
    await expect(
      message(page, 'Nobody reads this').getByRole('button', { name: 'Copy', exact: true }),
    ).toBeVisible({ timeout: 20_000 })
    await expect(composer(page)).toBeHidden()
    await expectLookAccessible(page, 'failed message', look)
    await page.goto('/chats')
    await expect(page.getByRole('region', { name: 'Chat list' }).getByRole('link').first()).toBeVisible()
    await expectLookAccessible(page, 'chat list', look)
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Find people, chats and messages' })).toBeVisible()
    await expectLookAccessible(page, 'palette', look)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New chat' }).click()
    await expect(page.getByRole('dialog', { name: 'Who do you want to write to?' })).toBeVisible()
    await expectLookAccessible(page, 'member picker', look)
    await page.goto('/people')
    await expect(page.getByRole('link', { name: /Mei/ })).toBeVisible()
    await expectLookAccessible(page, 'people', look)
    await page.getByRole('link', { name: /Mei/ }).click()
    await expect(page.getByRole('complementary', { name: 'Contact' })).toBeVisible()
    await expectLookAccessible(page, 'person', look)
  })

  test(`axe finds nothing in administration and settings, ${look} @screen`, async ({ admin, newPerson }) => {
    test.slow()
    await fill(admin)
    await callRoute(admin.base, 'createInvite', { body: { email: 'marta@parley.example' } }, admin.token)
    const page = await newPerson(admin, options)
    await page.goto('/admin/people')
    await expect(page.getByRole('button', { name: 'More for Rafael' })).toBeVisible()
    await page.getByRole('button', { name: 'Make link' }).click()
    await expect(page.getByText(/join#/)).toBeVisible()
    await expectLookAccessible(page, 'admin, people', look)
    await page.getByRole('button', { name: 'More for Rafael' }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expectLookAccessible(page, "a member's menu", look)
    await page.keyboard.press('Escape')
    for (const act of ['Edit', 'Reset password', 'Sessions', 'Deactivate', 'Delete…'] as const) {
      await actOn(page, 'Rafael', act)
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectLookAccessible(page, `dialog: ${act}`, look)
      await page.goto('/admin/people')
    }
    await page.getByRole('button', { name: 'Add a member' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Add member' }).click()
    await expect(page.getByRole('dialog').getByRole('alert').filter({ hasText: 'need a look' })).toBeVisible()
    await expectLookAccessible(page, 'add a member, with errors', look)
    const addresses = ['/admin/departments', '/admin/organisation', '/settings']
    for (const section of ['profile', 'password', 'sessions', 'appearance'])
      addresses.push(`/settings?s=${section}`)
    for (const address of addresses) {
      await page.goto(address)
      await expect(page.getByRole('heading').first()).toBeVisible()
      if (address.endsWith('sessions')) await expect(page.getByText('This device')).toBeVisible()
      await expectLookAccessible(page, address, look)
    }
  })
}

async function fill(admin: Account) {
  const [rafael] = [await addMember(admin, 'Rafael', 'manager'), await addMember(admin, 'Mei')]
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Morning, see https://fares.example', 'The second of two')
  return { rafael, chat }
}
