import { expect, type Locator, type Page } from '@playwright/test'

/** Opens what can be done with a message, as with a mouse. @returns the menu */
export async function openMessageMenu(page: Page, message: Locator): Promise<Locator> {
  // what is above may still take its height, and with it the message from under the mouse
  await expect(async () => {
    await message.locator('.bubble').hover()
    await message.getByRole('button', { name: 'More' }).click({ timeout: 2_000 })
  }).toPass()
  return page.getByRole('menu')
}

/** Chooses one of the things that can be done with a message. */
export async function chooseOf(page: Page, message: Locator, name: string): Promise<void> {
  const menu = await openMessageMenu(page, message)
  await menu.getByRole('menuitem', { name, exact: true }).click()
}
