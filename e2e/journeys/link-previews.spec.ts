import { once } from 'node:events'
import { createServer } from 'node:http'
import { addMember, createOrganisation, startChat } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { png } from './setup/sample-media.ts'
import { message, openChat, send, untilKept } from './screens/chat.ts'

/** Somebody's web site, on this machine. */
async function startSite() {
  const asked: string[] = []
  const { buffer: picture, mimeType } = png('boat.png', 30)
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/boat.png') return response.writeHead(200, { 'content-type': mimeType }).end(picture)
    return response.writeHead(200, { 'content-type': 'text/html' }).end(
      `<title>x</title><meta property="og:title" content="Ferries from the harbour, &lt;b&gt;all summer&lt;/b&gt;">
      <meta property="og:description" content="Every day at 06:15 and 18:40, with bicycles and dogs.">
      <meta property="og:image" content="/boat.png">`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The site has no port.')
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { origin: `http://127.0.0.1:${String(address.port)}`, asked, stop }
}

test('once an admin wishes it, a link gets its card, for both people, from the server alone, and offline @screen', async ({
  newServer,
  newPerson,
}) => {
  const site = await startSite()
  const server = await newServer({ env: { PARLEY_PREVIEW_ALLOW: site.origin } })
  const admin = await createOrganisation(server.base)
  const mei = await addMember(admin, 'Mei')
  const chat = await startChat(admin, mei)
  const amina = await newPerson(admin)
  const hers = await newPerson(mei)
  await openChat(amina, chat)
  await openChat(hers, chat)
  await send(hers, `Before: ${site.origin}/`)
  await expect(message(amina, 'Before')).toBeVisible()

  await amina.goto('/admin/communication')
  const rule = amina.getByRole('switch', { name: 'Previews of linked pages' })
  await expect(rule).not.toBeChecked()
  await rule.click()
  await expect(amina.locator('.toast').filter({ hasText: 'Saved.' })).toBeVisible()
  await expect(rule).toBeChecked()
  expect(site.asked).toEqual([])

  await openChat(amina, chat)
  await send(hers, `They leave early: ${site.origin}/times`)
  const card = (page: typeof amina) =>
    message(page, 'They leave early').getByRole('link', { name: /^Ferries/ })
  for (const page of [hers, amina]) {
    await expect(card(page)).toContainText('Ferries from the harbour, <b>all summer</b>')
    await expect(card(page)).toContainText('Every day at 06:15 and 18:40')
    await expect(card(page)).toHaveAttribute('href', `${site.origin}/times`)
    await expect(card(page)).toHaveAttribute('rel', /noopener noreferrer/)
    await expect
      .poll(() =>
        card(page)
          .locator('img')
          .evaluate((image: HTMLImageElement) => image.naturalWidth),
      )
      .toBe(176)
    await expect(message(page, 'Before').getByRole('link', { name: /^Ferries/ })).toHaveCount(0)
    await expect(message(page, 'They leave early')).not.toContainText('Edited')
  }
  expect(site.asked).toEqual(['/times', '/boat.png'])

  await untilKept(hers)
  await server.stop()
  site.stop()
  await hers.reload()
  await expect(card(hers)).toContainText('Every day at 06:15 and 18:40')
  await expect(card(hers).locator('img')).toBeVisible()
  await server.start()
})
