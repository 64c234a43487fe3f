import type { Page } from '@playwright/test'
import { message, openChat, send, tick, untilKept } from './screens/chat.ts'
import { choose, sheet } from './screens/files.ts'
import { addMember, startChat, write } from './setup/accounts.ts'
import { expect, test } from './setup/journey.ts'
import { pdf } from './setup/sample-media.ts'

/**
 * From now on the browser has no room: it says so when asked, and refuses to keep anything more, as browsers do. Chromium's own tools limit no
 * origin that really matters to it, so that its refusal is put in place of what would come of a full disk. Over with the next load.
 */
const fillUp = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const usage = 500_000
    navigator.storage.estimate = () => Promise.resolve({ quota: usage, usage })
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (...given) {
      const asked = put.apply(this, given)
      // not at once: a browser finds out while it writes
      queueMicrotask(() => {
        try {
          this.transaction.abort()
        } catch {
          // it is over already
        }
      })
      return asked
    }
    Cache.prototype.put = () => Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'))
  })

test('where the browser has no room left it is said, people go on, and nothing is lost @screen', async ({
  admin,
  newPerson,
}) => {
  const mei = await addMember(admin, 'Mei')
  const chat = await startChat(admin, mei)
  await write(mei, chat, 'From before')
  const amina = await newPerson(admin)
  await openChat(amina, chat)
  await expect(message(amina, 'From before')).toBeVisible()
  await untilKept(amina)
  const forgetful = amina.getByRole('status').filter({ hasText: 'This browser does not let Parley keep' })

  await test.step('a file that finds no room is not begun, and says so beside its button', async () => {
    await fillUp(amina)
    await choose(amina, 'Document', pdf('plan.pdf'))
    await sheet(amina).getByRole('textbox').fill('The plan for Lisbon')
    await sheet(amina).getByRole('button', { name: /^Send/ }).click()
    await expect(sheet(amina).getByRole('alert')).toContainText('There is no room left for this')
    await expect(sheet(amina).getByRole('textbox')).toHaveValue('The plan for Lisbon')
    await amina.keyboard.press('Escape')
    await expect(message(amina, 'The plan for Lisbon')).toHaveCount(0)
  })

  await test.step('people read and write all the same, and are told that this device keeps nothing', async () => {
    await send(amina, 'Written on a full disk')
    await expect(tick(amina, 'Written on a full disk', 'Sent')).toBeVisible()
    await write(mei, chat, 'An answer')
    await expect(message(amina, 'An answer')).toBeVisible()
    await expect(forgetful).toBeVisible()
  })

  await test.step('with room again all of it is there', async () => {
    await amina.reload()
    for (const text of ['From before', 'Written on a full disk', 'An answer'])
      await expect(message(amina, text)).toBeVisible()
    await expect(forgetful).toBeHidden()
  })
})
