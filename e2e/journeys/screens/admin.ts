import { expect, type Locator, type Page } from '@playwright/test'

export async function openAdminPeople(page: Page): Promise<void> {
  await page.goto('/admin/people')
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
}

export const memberRow = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: `More for ${name}` }) })

export type MemberAct = 'Edit' | 'Reset password' | 'Sessions' | 'Deactivate' | 'Reactivate' | 'Delete…'

/** Picks from the menu at the end of a member's row. */
export async function actOn(page: Page, name: string, act: MemberAct): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: act, exact: true }).click()
}

/** What a button said when it was pressed, at the foot of the page. */
export const toast = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('listitem').filter({ hasText: text })
