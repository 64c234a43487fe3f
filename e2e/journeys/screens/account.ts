import { expect, type Locator, type Page } from '@playwright/test'

/** Text fields by their label; a password's button has a name of its own. */
export const field = (page: Page, label: string): Locator =>
  page.getByRole('textbox', { name: label, exact: true })

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await field(page, 'E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await fillSignIn(page, email, password)
}

export async function expectSignedIn(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/chats/)
  await expect(page.getByRole('heading', { name: 'Chats', level: 1 })).toBeVisible()
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
}

export interface Joining {
  readonly name: string
  readonly email: string
  readonly password: string
}

export async function fillJoinForm(page: Page, { name, email, password }: Joining): Promise<void> {
  await field(page, 'Your name').fill(name)
  await field(page, 'E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
}
