import type { Page } from '@playwright/test'
import { addMember, createOrganisation, startChat, write } from './setup/accounts.ts'
import { Front } from './setup/front.ts'
import { expect, signInByCall, test } from './setup/journey.ts'
import { composer, message, openChat, send, tick } from './screens/chat.ts'

const bar = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'A newer version of Parley is ready.' })

test('a new version while chats are open: nothing is lost, and each tab reloads once, when asked @screen', async ({
  server,
  newVisitor,
}) => {
  test.setTimeout(120_000)
  const admin = await createOrganisation(server.base)
  const mei = await addMember(admin, 'Mei')
  const chat = await startChat(admin, mei)
  await write(mei, chat, 'Morning')
  const front = await Front.before(server.base)
  const first = await newVisitor({ baseURL: front.base })
  const context = first.context()
  await signInByCall(context, { ...admin, base: front.base })
  await first.goto('/chats')
  await openChat(first, chat)
  // the program is on the device, and its worker answers for the next tab
  await first.evaluate(() => navigator.serviceWorker.ready)
  const second = await context.newPage()
  await second.goto('/chats')
  await openChat(second, chat)
  const loads = { first: 0, second: 0 }
  first.on('load', () => (loads.first += 1))
  second.on('load', () => (loads.second += 1))

  await test.step('it waits, and says so, while people go on', async () => {
    front.version = '\n// the next version'
    await second.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    await expect(bar(first)).toBeVisible()
    await expect(bar(second)).toBeVisible()
    // what the open tabs have yet to fetch comes from the version that they were begun with
    const waits = () =>
      first.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state)
    expect(await waits()).toBe('installed')
    await write(mei, chat, 'Did you see the bar?')
    await expect(message(first, 'Did you see the bar?')).toBeVisible()
  })

  await test.step('what is typed and what waits survive the reload of the tab that asked', async () => {
    await context.setOffline(true)
    await send(first, 'Written without a network')
    await expect(tick(first, 'Written without a network', 'Waiting to be sent')).toBeVisible()
    await composer(first).fill('half a sentence')
    await context.setOffline(false)
    await expect(bar(first)).toBeVisible()
    await bar(first).getByRole('button', { name: 'Reload to update' }).click()
    await expect.poll(() => loads.first).toBe(1)
    await expect(composer(first)).toHaveValue('half a sentence')
    await expect(tick(first, 'Written without a network', 'Sent')).toBeVisible({ timeout: 20_000 })
    await expect(bar(first)).toBeHidden()
  })

  await test.step('the other tab was not reloaded under the hands, goes on, and updates when asked', async () => {
    expect(loads.second).toBe(0)
    await write(mei, chat, 'Still there?')
    await expect(message(second, 'Still there?')).toBeVisible()
    await bar(second).getByRole('button', { name: 'Reload to update' }).click()
    await expect.poll(() => loads.second).toBe(1)
    await expect(message(second, 'Still there?')).toBeVisible()
    await expect(bar(second)).toBeHidden()
    expect(loads).toEqual({ first: 1, second: 1 })
  })
  await front.close()
})
