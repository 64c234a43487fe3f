import { expect, type Locator, type Page } from '@playwright/test'
import type { SampleFile } from '../setup/sample-media.ts'

/** What is about to be sent. */
export const sheet = (page: Page): Locator => page.getByRole('dialog', { name: /^Send to / })
export const viewer = (page: Page): Locator => page.locator('.viewer')

/** Chooses files as people do, by the button beside the field; they are looked at before they are sent. */
export async function choose(
  page: Page,
  item: 'Photos and videos' | 'Document',
  ...files: readonly SampleFile[]
): Promise<void> {
  await page.getByRole('button', { name: 'Attach' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: item }).click()
  await (await chooser).setFiles([...files], { timeout: 60_000 })
  await expect(sheet(page)).toBeVisible()
}

export async function sendChosen(page: Page, caption = ''): Promise<void> {
  if (caption) await sheet(page).getByRole('textbox', { name: 'Add a caption' }).fill(caption)
  await sheet(page)
    .getByRole('button', { name: /^Send \d+ files?$/ })
    .click()
  await expect(sheet(page)).toBeHidden()
}

/** Gives files to an element as a drop or a paste does. */
export async function give(
  place: Locator,
  how: 'drop' | 'paste',
  { name, mimeType, buffer }: SampleFile,
): Promise<void> {
  await place.evaluate(
    (element, given) => {
      const bytes = Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], given.name, { type: given.mimeType }))
      if (given.how === 'paste') {
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
        return
      }
      for (const type of ['dragenter', 'dragover', 'drop'])
        element.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    },
    { how, name, mimeType, base64: buffer.toString('base64') },
  )
}

/** Whether a picture is really painted, and not only there. */
export const expectPainted = (image: Locator): Promise<void> =>
  expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth), { timeout: 20_000 })
    .toBeGreaterThan(0)
