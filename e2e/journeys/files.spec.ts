import type { Page } from '@playwright/test'
import { contentPath } from '@parley/contracts/files/paths'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { signOut } from './screens/account.ts'
import { chatRow, composer, message, messages, offlineBar, openChat, stream, tick } from './screens/chat.ts'
import { choose, expectPainted, give, sendChosen, sheet, viewer } from './screens/files.ts'
import { expectAccessible } from './setup/accessible.ts'
import { type Account, addMember, createOrganisation } from './setup/accounts.ts'
import { callRoute } from './setup/call-route.ts'
import { expect, test } from './setup/journey.ts'
import { film, pdf, png, wav } from './setup/sample-media.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** A group of the admin and these. @returns its id */
async function makeGroup(admin: Account, name: string, ...others: Account[]): Promise<string> {
  const memberIds = others.map(({ memberId }) => memberId)
  return (await callRoute(admin.base, 'createGroup', { body: { name, memberIds } }, admin.token)).id
}

/** The addresses of the bytes that a message shows. */
const idOfFirst = async (page: Page, text: string): Promise<string> => {
  const href = await message(page, text).getByRole('link').first().getAttribute('href')
  return /files\/([\w-]+)\//.exec(href ?? '')?.[1] ?? ''
}

test('pictures, films, documents and voice messages go to and fro, and are found again @screen', async ({
  server,
  newPerson,
}) => {
  test.setTimeout(240_000)
  const admin = await createOrganisation(server.base)
  const mei = await addMember(admin, 'Mei')
  const group = await makeGroup(admin, 'Crew', mei)
  const amina = await newPerson(admin, { permissions: ['microphone'] })
  const meis = await newPerson(mei, PHONE)
  await openChat(amina, group)
  await openChat(meis, group)

  await test.step('three pictures with a caption are a grid in one bubble, here and there', async () => {
    await choose(amina, 'Photos and videos', png('one.png', 20), png('two.png', 120), png('three.png', 220))
    await expectAccessible(amina)
    await sheet(amina).getByRole('button', { name: 'Remove two.png' }).click()
    const chooser = amina.waitForEvent('filechooser')
    await sheet(amina).getByRole('button', { name: 'Add more files' }).click()
    await (await chooser).setFiles([png('two again.png', 90, 400, 640)])
    await sendChosen(amina, 'From the harbour')
    await expect(message(amina, 'From the harbour').locator('.shot')).toHaveCount(3)
    await expectPainted(message(amina, 'From the harbour').locator('.shot img').last())
    await expect(tick(amina, 'From the harbour', 'Seen by all')).toBeVisible({ timeout: 20_000 })
    const there = message(meis, 'From the harbour').locator('.shot')
    await expect(there).toHaveCount(3)
    for (const at of [0, 1, 2]) await expectPainted(there.nth(at).locator('img').last())
    await expect(chatRow(amina, 'Crew').getByText('From the harbour')).toBeVisible()
  })

  await test.step('on the phone they are looked at one by one, large, and saved', async () => {
    await message(meis, 'From the harbour').getByRole('button', { name: 'Open one.png' }).click()
    await expectPainted(viewer(meis).getByRole('img', { name: 'one.png' }))
    await expect(viewer(meis)).toContainText('From the harbour')
    await expectAccessible(meis)
    await meis.getByRole('button', { name: 'Next' }).click()
    await expect(viewer(meis).getByRole('link', { name: 'Download' })).toHaveAttribute('download', /^three/)
    await meis.getByRole('button', { name: 'Previous' }).click()
    const saving = meis.waitForEvent('download')
    await viewer(meis).getByRole('link', { name: 'Download' }).click()
    expect((await saving).suggestedFilename()).toBe('one.png')
    await meis.getByRole('button', { name: 'Close' }).click()
    await expect(viewer(meis)).toBeHidden()
  })

  await test.step('at the desk by keyboard alone, and larger with every step', async () => {
    await message(amina, 'From the harbour').getByRole('button', { name: 'Open three.png' }).focus()
    await amina.keyboard.press('Enter')
    const large = viewer(amina).getByRole('img', { name: 'three.png' })
    await expectPainted(large)
    await amina.keyboard.press('ArrowRight')
    await expect(viewer(amina).getByRole('link', { name: 'Download' })).toHaveAttribute('download', /^two/)
    await amina.keyboard.press('ArrowLeft')
    const before = (await large.boundingBox())!.width
    await amina.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(async () => (await large.boundingBox())!.width).toBeGreaterThan(before * 1.2)
    await amina.keyboard.press('Escape')
    await expect(viewer(amina)).toBeHidden()
    await expect(
      message(amina, 'From the harbour').getByRole('button', { name: 'Open three.png' }),
    ).toBeFocused()
  })

  await test.step('a film shows its picture and length, and plays from where one likes', async () => {
    await choose(amina, 'Photos and videos', await film(amina, 'boat.webm'))
    await sendChosen(amina, 'The boat')
    const shot = message(meis, 'The boat').getByRole('button', { name: 'Play the video boat.webm' })
    await expectPainted(shot.locator('img').last())
    const ranges: string[] = []
    meis.on('response', (response) => {
      if (response.status() === 206) ranges.push(response.headers()['content-range'] ?? '')
    })
    await shot.click()
    const video = viewer(meis).locator('video')
    await expect
      .poll(() => video.evaluate((one) => (one as HTMLVideoElement).currentTime))
      .toBeGreaterThan(0.3)
    expect(ranges.length).toBeGreaterThan(0)
    await meis.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('documents say what they are; a sound plays in place; a PDF opens, contained', async () => {
    await choose(amina, 'Document', pdf('Visa rules.pdf'), wav('chimes.wav', 4))
    await sendChosen(amina)
    const card = message(meis, 'Visa rules.pdf')
    await expect(card).toContainText('2 pages')
    const link = card.getByRole('link', { name: 'Open Visa rules.pdf' })
    const answer = await meis.request.get((await link.getAttribute('href'))!)
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect(answer.headers()['content-security-policy']).toContain("default-src 'none'")
    const chimes = message(meis, 'chimes.wav')
    await chimes.getByRole('button', { name: 'Play chimes.wav' }).click()
    await expect(chimes.getByRole('button', { name: 'Pause' })).toBeVisible()
    await expect(chimes.locator('.sound-line')).toContainText('0:01 / 0:04')
    await chimes.getByRole('button', { name: 'Pause' }).click()
  })

  await test.step('two voice messages: heard before they are sent, faster on wish, the next plays on', async () => {
    for (const [index, withPreview] of [true, false].entries()) {
      await amina.getByRole('button', { name: 'Record a voice message' }).click()
      await expect(amina.getByRole('timer')).toHaveText('0:02')
      if (withPreview) {
        await amina.getByRole('button', { name: 'Stop and listen' }).click()
        await amina.getByRole('button', { name: 'Play', exact: true }).click()
      }
      await amina.getByRole('button', { name: 'Send the voice message' }).click()
      await expect(messages(amina).locator('.sound.voice')).toHaveCount(index + 1)
    }
    const voices = messages(meis).locator('.sound.voice')
    await expect(voices).toHaveCount(2)
    const bars = voices.first().locator('.wave rect')
    expect(await bars.count()).toBeGreaterThan(10)
    await expect(async () => {
      await voices.first().getByRole('button', { name: 'Speed: 1×' }).click({ timeout: 2_000 })
      await expect(voices.nth(1).getByRole('button', { name: 'Speed: 1.5×' })).toBeVisible({ timeout: 2_000 })
    }).toPass()
    await voices
      .first()
      .getByRole('button', { name: /^Play the voice message of Amina/ })
      .click()
    await expect(voices.first().getByRole('button', { name: 'Pause' })).toBeVisible()
    await expect(voices.nth(1).getByRole('button', { name: 'Pause' })).toBeVisible()
    await expect(voices.nth(1).getByRole('button', { name: /^Play the voice/ })).toBeVisible()
    await expect(chatRow(amina, 'Crew').getByText('Voice message')).toBeVisible()
  })

  await test.step('what is dropped and what is pasted is taken as well', async () => {
    await give(stream(amina), 'drop', png('dropped.png', 60))
    await sendChosen(amina, 'Dropped')
    await give(composer(amina), 'paste', png('pasted.png', 160))
    await sendChosen(amina, 'Pasted')
    for (const text of ['Dropped', 'Pasted'])
      await expectPainted(message(meis, text).locator('.shot img').last())
  })

  await test.step('all of it is found again in the details, by kind', async () => {
    await amina.getByRole('button', { name: 'Details of Crew' }).click()
    const latest = amina.getByRole('heading', { name: 'Pictures, files and links' }).locator('..')
    await latest.getByRole('button', { name: 'All' }).click()
    const list = amina.getByRole('tabpanel')
    await expect(list.locator('.shared-grid').getByRole('button')).toHaveCount(6)
    await expectAccessible(amina)
    await amina.getByRole('tab', { name: 'Media' }).focus()
    await amina.keyboard.press('ArrowRight')
    await expect(list).toContainText('Visa rules.pdf')
    await expect(list).toContainText('chimes.wav')
    await amina.getByRole('tab', { name: 'Voice' }).click()
    await expect(list.locator('.sound.voice')).toHaveCount(2)
    await amina.getByRole('tab', { name: 'Links' }).click()
    await expect(list).toContainText('No links yet')
  })
})

test('files wait without network, go on after any cut, and end with the access to them', async ({
  newServer,
  newPerson,
}) => {
  test.setTimeout(240_000)
  const server = await newServer()
  const admin = await createOrganisation(server.base)
  const mei = await addMember(admin, 'Mei')
  const group = await makeGroup(admin, 'Crew', mei)
  const amina = await newPerson(admin)
  const meis = await newPerson(mei, { permissions: ['microphone'] })
  await openChat(amina, group)
  await openChat(meis, group)

  await test.step('chosen without network it is there at once, also after a reload, and leaves by itself', async () => {
    await amina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await amina.reload()
    await amina.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await expect(composer(amina)).toBeVisible()
    // what is fetched with the first wish is here by then
    await choose(amina, 'Photos and videos', png('before.png', 10))
    await sendChosen(amina, 'Before the tunnel')
    await expect(tick(amina, 'Before the tunnel', 'Seen by all')).toBeVisible({ timeout: 20_000 })
    await amina.context().setOffline(true)
    await expect(offlineBar(amina)).toBeVisible()
    await choose(amina, 'Photos and videos', png('tunnel.png', 200))
    await sendChosen(amina, 'From the tunnel')
    await expectPainted(message(amina, 'From the tunnel').locator('.shot img').last())
    await expect(tick(amina, 'From the tunnel', 'Waiting to be sent')).toBeVisible()
    await amina.reload()
    await expectPainted(message(amina, 'From the tunnel').locator('.shot img').last())
    // and what was sent before is read from the encrypted copy
    await expectPainted(message(amina, 'Before the tunnel').locator('.shot img').last())
    await amina.context().setOffline(false)
    await expectPainted(message(meis, 'From the tunnel').locator('.shot img').last())
    await expect(message(meis, 'From the tunnel').locator('.shot')).toHaveCount(1)
  })

  await test.step('held and let go; the server killed in the middle; the page loaded anew: it arrives whole', async () => {
    const network = await amina.context().newCDPSession(amina)
    const slow = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 400_000 }
    await network.send('Network.emulateNetworkConditions', slow)
    const bytes = Buffer.alloc(5_000_000, 'A long way. ')
    const plan = { name: 'plan.bin', mimeType: 'application/octet-stream', buffer: bytes }
    await choose(amina, 'Document', plan)
    await sendChosen(amina)
    const row = message(amina, 'plan.bin')
    await expect(row.getByRole('status')).toHaveText(/^Sending files: [1-9]\d?%$/, { timeout: 20_000 })
    await row.getByRole('button', { name: 'Pause the upload' }).click()
    await expect(row.getByRole('status')).toHaveText('Paused')
    await row.getByRole('button', { name: 'Go on with the upload' }).click()
    await expect(row.getByRole('status')).toHaveText(/^Sending files: \d+%$/)
    await server.kill()
    await server.start()
    await amina.reload()
    await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
    await expect(message(meis, 'plan.bin')).toBeVisible({ timeout: 60_000 })
    const got = await meis.request.get(contentPath(await idOfFirst(meis, 'plan.bin')))
    expect((await got.body()).equals(bytes)).toBe(true)
    await expect(row.getByRole('status')).toHaveCount(0)
  })

  await test.step('where the browser has no room it says so, and keeps everything else', async () => {
    await amina.evaluate(() => {
      navigator.storage.estimate = () => Promise.resolve({ quota: 20_000_000, usage: 19_000_000 })
    })
    await choose(amina, 'Photos and videos', png('no room.png', 30))
    await sheet(amina).getByRole('button', { name: 'Send 1 file' }).click()
    await expect(sheet(amina).getByRole('alert')).toContainText('There is no room left for this')
    await amina.evaluate(() => void Reflect.deleteProperty(navigator.storage, 'estimate'))
    await sheet(amina).getByRole('button', { name: 'Send 1 file' }).click()
    await expect(sheet(amina)).toBeHidden()
    await expect(messages(meis).getByRole('button', { name: 'Open no room.png' })).toBeVisible()
  })

  await test.step('what is damaged on the server is said to be, and the rest is shown', async () => {
    const id = await idOfFirst(meis, 'plan.bin')
    const files = path.join(server.data, 'files')
    const hex = Buffer.from(id, 'base64url').toString('hex')
    const name = (await readdir(files, { recursive: true })).find((one) => one.endsWith(`${hex}.original`))
    const blob = path.join(files, name ?? '')
    const whole = await readFile(blob)
    await writeFile(blob, whole.with(1_000, whole[1_000]! ^ 1))
    await message(meis, 'plan.bin').getByRole('link', { name: 'Download plan.bin' }).first().click()
    await expect(meis.getByText('This file is damaged or missing on the server.').first()).toBeVisible()
    await writeFile(blob, whole)
    const saving = meis.waitForEvent('download')
    await message(meis, 'plan.bin').getByRole('link', { name: 'Download plan.bin' }).first().click()
    expect((await saving).suggestedFilename()).toBe('plan.bin')
  })

  await test.step('too much is said before a byte is sent', async () => {
    const asked: string[] = []
    amina.on('request', (request) => {
      if (request.method() !== 'GET') asked.push(request.url())
    })
    await callRoute(
      admin.base,
      'changeCommunication',
      { body: { fileMaxBytes: 1_000_000, fileKinds: ['document', 'picture', 'voice'] } },
      admin.token,
    )
    await choose(
      amina,
      'Document',
      { ...pdf('large.pdf'), buffer: Buffer.alloc(1_200_000, 1) },
      wav('song.wav', 1),
    )
    await expect(sheet(amina).getByRole('alert')).toContainText('large.pdf is 1.2 MB')
    await expect(sheet(amina).getByRole('button', { name: 'Send 2 files' })).toBeDisabled()
    await sheet(amina).getByRole('button', { name: 'Remove large.pdf' }).click()
    await expect(sheet(amina).getByRole('alert')).toHaveText('Your organisation does not allow audio files.')
    await amina.keyboard.press('Escape')
    expect(asked.filter((url) => url.includes('/api/files'))).toEqual([])
  })

  await test.step('who is removed has nothing of it any more, within a second', async () => {
    const id = await idOfFirst(meis, 'plan.bin')
    const microphone = await watchMicrophone(meis)
    await meis.getByRole('button', { name: 'Record a voice message' }).click()
    await expect(meis.getByRole('timer')).toHaveText('0:01')
    expect(await microphone()).toEqual(['live'])
    expect((await meis.request.get(contentPath(id))).status()).toBe(200)
    const body = { memberId: mei.memberId, keepsHistory: false }
    await callRoute(admin.base, 'removeFromGroup', { params: { conversationId: group }, body }, admin.token)
    const since = Date.now()
    await expect
      .poll(async () => (await meis.request.get(contentPath(id))).status(), { intervals: [50] })
      .toBe(404)
    expect(Date.now() - since).toBeLessThan(1_000)
    await expect(message(meis, 'plan.bin')).toHaveCount(0)
    await expect(meis.getByRole('timer')).toHaveCount(0)
    await expect.poll(microphone).toEqual(['ended'])
    await expect.poll(() => keptCopies(meis)).toBe(0)
  })

  await test.step('signing out leaves no copy behind', async () => {
    await expect.poll(() => keptCopies(amina)).toBeGreaterThan(0)
    await signOut(amina)
    await expect.poll(() => keptCopies(amina)).toBe(0)
  })
})

/** From now on what becomes of the microphone is heard of. @returns how it is: `live` or `ended`, for each time it was asked for */
async function watchMicrophone(page: Page) {
  const tracks = await page.evaluateHandle(() => {
    const heard: MediaStreamTrack[] = []
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      heard.push(...stream.getTracks())
      return stream
    }
    return heard
  })
  return () => tracks.evaluate((all) => all.map(({ readyState }) => readyState))
}

/** How many encrypted copies of files this browser keeps. */
const keptCopies = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    if (!(await caches.has('parley-file-copies'))) return 0
    return (await (await caches.open('parley-file-copies')).keys()).length
  })
