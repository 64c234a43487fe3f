import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromiumArguments } from '../../scripts/services.mjs'
import { type Account, addMember, createOrganisation, startChat, write } from './setup/accounts.ts'
import { expect, signInByCall, test } from './setup/journey.ts'
import {
  chatRow,
  composer,
  expectOnline,
  message,
  messages,
  offlineBar,
  openChat,
  send,
  shownTexts,
  tick,
  untilKept,
} from './screens/chat.ts'
import { chooseOf } from './screens/message-menu.ts'

const QUEUED = ['First while away', 'Second while away', 'Third while away']

async function expectOnceInOrder(page: Page): Promise<void> {
  await expect(message(page, QUEUED.at(-1)!)).toBeVisible({ timeout: 60_000 })
  expect((await shownTexts(page)).filter((text) => QUEUED.includes(text))).toEqual(QUEUED)
}

test('without network a calm bar counts what waits; reloaded, all is there; back, it goes out once, in order', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Kept from before')
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  await openChat(his, chat)
  await openChat(amina, chat)
  await expect(message(amina, 'Kept from before')).toBeVisible()
  await untilKept(amina)

  await amina.context().setOffline(true)
  await expect(offlineBar(amina)).toContainText('What is loaded stays readable.')
  for (const text of QUEUED) await send(amina, text)
  await expect(offlineBar(amina)).toContainText('3 messages will be sent when you are back.')
  await expect(tick(amina, QUEUED[0]!, 'Waiting to be sent')).toBeVisible()

  await amina.reload()
  await expect(message(amina, 'Kept from before')).toBeVisible()
  for (const text of QUEUED) await expect(tick(amina, text, 'Waiting to be sent')).toBeVisible()
  await expect(offlineBar(amina)).toContainText('3 messages will be sent when you are back.')
  await amina.goto('/people')
  await expect(amina.getByRole('link', { name: /Rafael/ })).toBeVisible()
  await amina.goto('/chats')
  await chatRow(amina, 'Rafael').click()
  await expect(message(amina, QUEUED[2]!)).toBeVisible()

  await amina.context().setOffline(false)
  await expectOnceInOrder(his)
  await expect(offlineBar(amina)).toBeHidden()
  await expect(tick(amina, QUEUED[2]!, 'Seen by all')).toBeVisible()
  await expectOnceInOrder(amina)
})

test('a long chat is all there when its address is loaded anew without network', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  // one page, so that all of it is on the device
  await write(admin, chat, ...Array.from({ length: 45 }, (_, n) => `Line ${n + 1} of many`))
  const amina = await newPerson(admin)
  await openChat(amina, chat)
  await expect(message(amina, 'Line 45 of many')).toBeVisible()
  await untilKept(amina)
  const fetched: string[] = []
  amina.on('request', (request) => {
    if (/\/messages\?/.test(request.url())) fetched.push(request.url())
  })
  await amina.reload()
  await expect(message(amina, 'Line 41 of many')).toBeVisible()
  await expectOnline(amina)
  expect(fetched, 'what is kept is not fetched again').toEqual([])

  await amina.context().setOffline(true)
  await amina.reload()
  await expect(offlineBar(amina)).toBeVisible()
  for (const line of [41, 45]) await expect(message(amina, `Line ${line} of many`)).toBeVisible()
  await expect(amina.getByText('Older messages could not be loaded.')).toBeHidden()
})

test('while the server is away people read and write, and all of it arrives when it is back', async ({
  newServer,
  newPerson,
}) => {
  // After a long absence clients wait up to half a minute before they try again.
  test.setTimeout(150_000)
  const server = await newServer()
  const admin = await createOrganisation(server.base)
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Kept from before')
  const [amina, his] = [await newPerson(admin), await newPerson(rafael)]
  await openChat(his, chat)
  await openChat(amina, chat)
  await untilKept(amina)

  await server.kill()
  await expect(offlineBar(amina)).toBeVisible({ timeout: 20_000 })
  for (const text of QUEUED) await send(amina, text)
  await expect(offlineBar(amina)).toContainText('3 messages')
  await amina.reload()
  await expect(message(amina, 'Kept from before')).toBeVisible()
  await expect(tick(amina, QUEUED[0]!, 'Waiting to be sent')).toBeVisible()

  await server.start()
  await expectOnceInOrder(his)
  await expect(offlineBar(amina)).toBeHidden({ timeout: 20_000 })
  await expect(message(his, 'Kept from before')).toHaveCount(1)
})

test('a message that was on its way when the server was killed arrives once', async ({
  newServer,
  newPerson,
}) => {
  const server = await newServer()
  const admin = await createOrganisation(server.base)
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const amina = await newPerson(admin)
  await openChat(amina, chat)
  await expectOnline(amina)
  const killed = server.kill()
  for (const text of QUEUED) await send(amina, text)
  await killed
  await server.start()
  await expect(tick(amina, QUEUED[2]!, 'Sent')).toBeVisible({ timeout: 30_000 })
  const his = await newPerson(rafael)
  await openChat(his, chat)
  await expectOnceInOrder(his)
})

test('closing the browser keeps what waits, and opening it again sends it @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-profile-'))
  const opened: BrowserContext[] = []
  try {
    const first = await openBrowser(folder, admin, opened)
    await signInByCall(first, admin)
    const page = first.pages()[0]!
    await openChat(page, chat)
    await untilKept(page)
    await first.setOffline(true)
    for (const text of QUEUED) await send(page, text)
    await expect(tick(page, QUEUED[2]!, 'Waiting to be sent')).toBeVisible()
    await first.close()

    const second = await openBrowser(folder, admin, opened)
    await second.setOffline(true)
    const again = second.pages()[0]!
    await again.goto(`/chats?c=${chat}`)
    for (const text of QUEUED) await expect(tick(again, text, 'Waiting to be sent')).toBeVisible()
    await expect(composer(again)).toBeVisible()
    await second.setOffline(false)
    const his = await newPerson(rafael)
    await openChat(his, chat)
    await expectOnceInOrder(his)
  } finally {
    await Promise.all(opened.map((context) => context.close()))
    await rm(folder, { recursive: true, force: true })
  }
})

/** A browser with a profile of its own on disk, as people have it. */
async function openBrowser(
  folder: string,
  { base }: Account,
  opened: BrowserContext[],
): Promise<BrowserContext> {
  const { launchOptions, viewport, locale } = test.info().project.use
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: launchOptions!.executablePath!,
    args: chromiumArguments,
    baseURL: base,
    viewport: viewport!,
    locale: locale!,
  })
  opened.push(context)
  return context
}

test('menus and dialogs open without network before anything is kept on the device, and links stay quiet @screen', async ({
  admin,
  newPerson,
}) => {
  const rafael = await addMember(admin, 'Rafael')
  const chat = await startChat(admin, rafael)
  await write(rafael, chat, 'Kept from before')
  const amina = await newPerson(admin, { serviceWorkers: 'block' })
  const scripts = () =>
    amina.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length,
    )
  const first = await scripts()
  await openChat(amina, chat)
  await expect(message(amina, 'Kept from before')).toBeVisible()
  await expect.poll(scripts, 'the parts of the page come after it').toBeGreaterThan(first + 8)
  await expect
    .poll(async () => {
      const now = await scripts()
      await amina.waitForTimeout(700)
      return (await scripts()) - now
    })
    .toBe(0)

  await amina.context().setOffline(true)
  const people = amina.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' })
  await people.hover()
  await chooseOf(amina, messages(amina).first(), 'Pin')
  await expect(amina.getByText('Pinned').first()).toBeVisible()
  await chooseOf(amina, messages(amina).first(), 'Forward')
  await expect(amina.getByRole('dialog')).toBeVisible()
})
