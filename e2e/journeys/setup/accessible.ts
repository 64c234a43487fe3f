import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Takes the initials of a picture for words that the name has to repeat. */
const EXPERIMENTAL = ['label-content-name-mismatch']

interface Look {
  /** What stands on the page by then, where it was just asked for: a dialog, say. */
  with?: Locator
  /** Said when something is found. */
  state?: string
  /** For a page that differs in nothing but its colours from one that was looked at. */
  onlyColours?: boolean
}

/** Expects that axe finds nothing on the page as it stands once nothing moves. */
export async function expectAccessible(page: Page, look: Look = {}): Promise<void> {
  if (look.with) await expect(look.with).toBeVisible()
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))),
  )
  const axe = new AxeBuilder({ page })
  if (look.onlyColours) axe.withRules(['color-contrast'])
  else axe.withTags(TAGS).disableRules(EXPERIMENTAL)
  const { violations } = await axe.analyze()
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} — ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
  expect.soft(found, look.state).toEqual([])
}
