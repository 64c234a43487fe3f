import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { addMember, createOrganisation, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { NOWHERE } from './setup/watch-console.ts'
import { chatRow, expectOnline, message, openChat, send, tick } from './screens/chat.ts'

/** Bytes, compressed: as in apps/web/scripts/check-budget.mjs. */
const SCRIPT_BUDGET = 250_000

/** As browsers do in some private windows and by some policies. */
const refuseStorage = (page: Page) =>
  page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    Object.defineProperty(window, 'indexedDB', { get: refuse })
    Object.defineProperty(window, 'localStorage', { get: refuse })
  })

test('where the browser keeps nothing, everything works for as long as the tab is open, and says so', async ({
  admin,
  newPerson,
  newVisitor,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Hello')
  const signedIn = await newPerson(admin)
  const page = await signedIn.context().newPage()
  await signedIn.close()
  await refuseStorage(page)
  await openChat(page, chat)
  await expect(page.getByText('This browser does not let Parley keep things on this device.')).toBeVisible()
  await expect(message(page, 'Hello')).toBeVisible()
  await send(page, 'It works all the same')
  await expect(tick(page, 'It works all the same', 'Sent')).toBeVisible()
  await page.reload()
  await expect(message(page, 'It works all the same'), 'still signed in after a reload').toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByText('does not let Parley keep')).toBeHidden()

  const fresh = await newVisitor()
  await refuseStorage(fresh)
  await fresh.goto('/sign-in')
  await fresh.getByLabel('E-mail').fill(rafael.email)
  await fresh.getByLabel('Password', { exact: true }).fill(rafael.password)
  await fresh.getByRole('button', { name: 'Sign in' }).click()
  await expect(chatRow(fresh, 'Amina')).toContainText('It works all the same')
})

test('two tabs that may keep nothing are restored side by side, and both stay signed in @screen', async ({
  admin,
  newPerson,
}) => {
  const chat = await startChat(admin, await addMember(admin, 'Rafael'))
  const signedIn = await newPerson(admin)
  const tabs = [await signedIn.context().newPage(), await signedIn.context().newPage()]
  await signedIn.close()
  for (const page of tabs) await refuseStorage(page)
  await Promise.all(tabs.map((page) => page.goto(`/chats?c=${chat}`)))
  for (let times = 0; times < 3; times++) {
    for (const page of tabs) await expectOnline(page)
    await Promise.all(tabs.map((page) => page.reload()))
  }
  for (const page of tabs) await expectOnline(page)
})

test('a browser whose clock is a day off still shows the right order and times', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const page = await newPerson(admin)
  await page.clock.install({ time: Date.now() + 26 * 3_600_000 })
  await page.clock.resume()
  await openChat(page, chat)
  await expectOnline(page)
  await send(page, 'Sent with a wrong clock')
  await expect(tick(page, 'Sent with a wrong clock', 'Sent')).toBeVisible()
  await write(rafael, chat, 'Received after it')
  await expect(message(page, 'Received after it')).toBeVisible()
  const order = page.getByRole('log').getByRole('article')
  await expect(order).toHaveText([/Sent with a wrong clock/, /Received after it/])
  const times = await page
    .getByRole('log')
    .locator('time')
    .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')))
  for (const time of times) expect(Math.abs(Date.parse(time!) - Date.now())).toBeLessThan(60_000)
})

test('every page loads under the content security policy without a word on the console @screen', async ({
  admin,
  newPerson,
  newVisitor,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const visitor = await newVisitor()
  for (const address of ['/sign-in', '/sign-up', '/forgot', '/join#abc', '/reset', NOWHERE]) {
    const answer = await visitor.goto(address)
    expect(answer?.headers()['content-security-policy'], address).toMatch(/script-src/)
    expect(answer?.headers()['content-security-policy'], address).not.toMatch(
      /unsafe-eval|script-src[^;]*unsafe-inline/,
    )
    await expect(visitor.getByRole('heading').first()).toBeVisible()
  }
  const page = await newPerson(admin)
  const addresses = ['/', '/chats', `/chats?c=${chat}`, '/people', `/people?m=${rafael.memberId}`]
  for (const section of ['people', 'departments', 'organisation']) addresses.push(`/admin/${section}`)
  for (const section of ['profile', 'password', 'sessions', 'appearance'])
    addresses.push(`/settings?s=${section}`)
  for (const address of addresses) {
    await page.goto(address)
    await expect(page.getByRole('heading').first()).toBeVisible()
    await expectOnline(page)
  }
  await openChat(page, chat)
  await page.getByRole('button', { name: 'Emoji' }).click()
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('raf')
  await expect(page.getByRole('option', { name: /Rafael/ })).toBeVisible()
  // What was said on the consoles meanwhile fails the journey at its end, in the fixture `problems`.
})

test('the chat page fetches no more script than its budget until somebody wishes for more @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Hello')
  const signedIn = await newPerson(admin)
  await expectOnline(signedIn)
  // before its worker is there, a page fetches everything that it may open, in case the network goes
  await signedIn.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  const page = await signedIn.context().newPage()
  await signedIn.close()
  const fetched = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') fetched.add(new URL(request.url()).pathname)
  })
  await page.goto(`/chats?c=${chat}`)
  await expect(message(page, 'Hello')).toBeVisible()
  await expectOnline(page)
  const text = async (address: string) => (await page.request.get(address)).text()
  const scriptsOf = async (address: string) =>
    [...(await text(address)).matchAll(/<script[^>]*\ssrc="([^"?]+)/g)].map(([, src = '']) => src)
  // Pages that the navigation leads to are fetched ahead when the browser has nothing else to do, and so is the list of each one's scripts.
  const counted = ['/chats', '/people', '/settings', '/admin/people']
  const known = new Set((await Promise.all(counted.map(scriptsOf))).flat())
  const manifest = await text([...known].find((path) => path.endsWith('_buildManifest.js'))!)
  for (const address of counted) {
    const [, list = ''] = new RegExp(`"${address}": \\[\\s*"([^"]+)"`).exec(manifest) ?? []
    known.add(`/_next/${list}`)
  }
  expect(fetched.size).toBeGreaterThan(5)
  // what the page fetches by itself once it is usable (what tells of new messages) counts like what it begins with
  const own = new Set([...(await scriptsOf('/chats')), ...[...fetched].filter((path) => !known.has(path))])
  const sizes = await Promise.all(
    [...own].map(async (path) => gzipSync(await text(path), { level: 9 }).length),
  )
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(SCRIPT_BUDGET)
})

test('an address that leads nowhere says so, and a foreign chat looks like one that does not exist', async ({
  admin,
  server,
  newPerson,
}) => {
  const page = await newPerson(admin)
  await page.goto(NOWHERE)
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  const stranger = await createOrganisation(server.base, { name: 'Stranger' })
  const foreign = await startChat(stranger, await addMember(stranger, 'Also a stranger'))
  for (const id of [foreign, foreign.replace(/.$/, (last) => (last === '0' ? '1' : '0')), 'nonsense']) {
    await page.goto(`/chats?c=${id}`)
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
    await expect(page.getByText('This chat does not exist, or you cannot see it.')).toBeVisible()
  }
})
